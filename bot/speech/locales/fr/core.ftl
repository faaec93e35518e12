### Ce que dit l'assistant, hors du signalement. Vouvoiement ; tutoiement pour un enfant.

## Premier contact

welcome =
    Bonjour, ici Sanad, un assistant automatique. Je peux :
    • transmettre un signalement sur un enfant en danger,
    • indiquer les services de protection de l'enfance,
    • renseigner sur le programme Jisr pour les femmes qui ont un projet.
    Écrivez avec vos propres mots.
    .sms = Sanad, assistant automatique : enfant en danger, services de protection, programme Jisr. Écrivez avec vos mots.
welcome-demo =
    ⚠️ Ceci est une DÉMONSTRATION : personne ne reçoit ce qui est écrit ici. Danger réel : appelez le 19 (ville) ou le 177 (campagne).

    Bonjour, ici Sanad, un assistant automatique : signaler un enfant en danger, trouver un service de protection de l'enfance, connaître le programme Jisr pour les femmes qui ont un projet. Écrivez avec vos propres mots.
    .sms = DÉMONSTRATION : personne ne reçoit vos messages. Danger réel : 19 (ville), 177 (campagne). Ici Sanad, assistant automatique. Écrivez avec vos mots.
notice =
    Avant de commencer : ce service est celui du ministère chargé de la solidarité et de la famille. Ce que vous dites sert à protéger l'enfant ; le lisent l'équipe de sa province et le bureau national. La messagerie est une entreprise étrangère. Rien n'est obligatoire. Si vous cessez de répondre, ce qui peut protéger l'enfant est remis au bureau national. Vous pouvez demander à voir, corriger ou effacer (loi 09-08) : demandez une personne.
    .sms = Ministère chargé de la famille. Lu par l'équipe de la province et le bureau national, pour protéger l'enfant. Rien n'est obligatoire. Pour faire effacer : demandez une personne.
notice-demo =
    Avant de commencer : ceci est une démonstration, personne ne lira ce signalement. N'écrivez pas de vrais noms. En service réel, l'équipe de la province et le bureau national le liraient, pour protéger l'enfant. La messagerie est une entreprise étrangère. Rien n'est obligatoire. Vous pouvez demander à voir, corriger ou effacer (loi 09-08) : demandez une personne.
    .sms = Démonstration : personne ne lira ce signalement. N'écrivez pas de vrais noms. Rien n'est obligatoire. Pour faire effacer : demandez une personne.

## Danger

emergency-numbers =
    🆘 Danger maintenant :
    • 19 police (en ville)
    • 177 gendarmerie (à la campagne)
    • 15 ambulance, si quelqu'un est blessé
    • 2511 enfance en danger (la journée)
    { $child ->
        [yes] Si tu ne peux pas appeler, écris-moi. Si tu peux, va vers un adulte en qui tu as confiance.
       *[no] Si appeler n'est pas possible, écrivez-moi : cela reste court.
    }
    .sms = DANGER : 19 police (ville), 177 gendarmerie (campagne), 15 ambulance, 2511 enfance. Sinon, écrivez ici.
numbers-brief =
    { $child ->
        [yes] Si tu es en danger maintenant : 19 (police, en ville), 177 (gendarmerie, à la campagne), 15 (ambulance), 2511 (enfance, la journée).
       *[no] Si l'enfant est en danger maintenant : 19 (police, en ville), 177 (gendarmerie, à la campagne), 15 (ambulance), 2511 (enfance, la journée).
    }
voice-kept =
    Votre message vocal est gardé : une personne pourra l'écouter. Je ne comprends pas encore la voix : quelques mots écrits m'aident à aller plus vite.
    En cas de danger : 19 (ville), 177 (campagne), 15 (ambulance), 2511 (la journée).
    .sms = Message vocal gardé pour une personne. Danger : 19 (ville), 177 (campagne), 15 (ambulance). Quelques mots écrits aident.

## Menu

menu =
    { $child ->
        [yes] Que veux-tu faire ? Tu peux aussi écrire avec tes mots.
       *[no] Que voulez-vous faire ? Vous pouvez aussi écrire avec vos mots.
    }
    .continue = Continuer
    .report = Signaler un danger
    .guide = Trouver un service
    .jisr = Programme Jisr
    .status = Suivre mon dossier
    .person = Parler à quelqu'un
    .language = Langue
more-help = Autre chose ?
    .report = Signaler un danger
    .guide = Trouver un service
    .jisr = Programme Jisr
    .status = Suivre mon dossier
    .person = Parler à quelqu'un
    .language = Langue
language = Dans quelle langue ?
    .ary-Arab = الدارجة
    .ary-Latn = Darija
    .arb = العربية
    .fra = Français
language-set = D'accord, en français.
tamazight =
    ⴰⵣⵓⵍ. Azul. Sanad ne parle pas encore l'amazighe.
    { $duty ->
        [yes] Je demande une personne qui le parle ; elle lit vos mots ici.
       *[no] Vos mots attendent une personne qui le parle. Personne n'est là en ce moment.
    }
    Danger : 19 (police, en ville), 177 (gendarmerie, à la campagne), 15 (ambulance), 2511 (enfance, la journée).
    .sms = Azul. Pas encore d'amazighe ici : vos mots attendent une personne. Danger : 19 (ville), 177 (campagne), 15, 2511.

which-goal =
    Pour bien comprendre : est-ce l'un de ces sujets ?
    .report = Signaler un danger
    .guide = Trouver un service
    .jisr = Programme Jisr
    .status = Suivre mon dossier
    .person = Parler à quelqu'un
    .menu = Autre chose

language-unknown =
    Je comprends la darija, l'arabe et le français. Choisissez une langue.
    I understand Darija, Arabic and French. Danger: call 19 (town), 177 (countryside), 2511.
    .ary-Arab = الدارجة
    .ary-Latn = Darija
    .arb = العربية
    .fra = Français

## Guide

guide-ask =
    { $child ->
        [yes] Quelle est ta question ? Écris-la simplement.
       *[no] Quelle est votre question ? Écrivez-la simplement, avec la ville si elle compte.
    }
guide-did-you-mean = Est-ce une de ces réponses ?
    .none = Aucune
pin-guide = Merci pour le lieu. Est-ce ce qu'il y a là-bas que vous cherchez ?
    .none = Non, autre chose
guide-unknown = Je ne sais pas répondre à cela, et je n'invente rien. Une personne peut aider : le 2511 la journée, ou demandez ici « une personne ».
source = { $ours ->
        [yes] Source :
       *[no] D'après des sources publiques :
    } { $source }, { $dated ->
        [yes] { $date }
       *[no] page sans date, lue en { $date }
    }{ $verified ->
        [no] {""}
       *[other] , vérifié le { $verified }
    }
source-stale = Cette information n'est pas récente : vérifiez-la avant de vous déplacer.

## Une personne

person-wait =
    { $duty ->
        [yes] Une personne va vous répondre ici. La demande est dans la file.
       *[no] La demande est dans la file, mais personne n'est de service en ce moment. Je ne peux pas dire quand on répondra.
    }
    Si cela ne peut pas attendre : 19 (ville), 177 (campagne), 15 (ambulance), 2511 (la journée).
    .sms = { $duty ->
        [yes] Une personne va répondre ici.
       *[no] Demande notée, mais personne n'est de service en ce moment.
    } Urgence : 19 (ville), 177 (campagne), 15 (ambulance), 2511 (la journée).
lost =
    { $child ->
        [yes] Je n'ai pas compris. Tu peux le dire autrement ?
       *[no] Je n'ai pas compris. Pouvez-vous le dire autrement, en quelques mots ?
    }
lost-person =
    { $duty ->
        [yes] Je ne comprends pas, alors je demande à une personne de vous répondre ici.
       *[no] Je ne comprends pas. J'ai demandé une personne, mais personne n'est de service en ce moment.
    }
    Si c'est urgent : 19 (ville), 177 (campagne), 2511 (la journée).

## Conduite de la conversation

needed = Cette question ne peut pas être passée : sans elle, personne ne saurait quoi faire. Quelques mots suffisent.
back-nothing = Il n'y a rien avant cette question.
stale = Ce bouton est ancien. Voici où nous en sommes.
stop = Vous voulez arrêter. Que faire de ce que vous avez dit ?
    .send = Envoyer
    .drop = Tout jeter
    .continue = Continuer
stopped = C'est jeté. Rien n'a été envoyé. Vous pouvez revenir quand vous voulez.
bye = Au revoir.
exit = À bientôt.
nudge = Vous avez un message en attente.
welcome-back = Bonjour.
    .continue = Continuer
    .restart = Recommencer
goal-report = Voulez-vous signaler un enfant en danger ?
goal-status = Voulez-vous savoir où en est un signalement ?
greet = Bonjour.
how-are-you = Merci, tout va bien de mon côté.
thanks = Avec plaisir.
insult = Je reste là pour aider, quand vous voulez.
file-kept = Bien reçu, c'est gardé avec le signalement.
file-alone = Bien reçu. Que voulez-vous me dire avec cela ?
pin-unasked = Merci pour le lieu. Que s'y passe-t-il ?
contact-unasked = Merci pour ce contact. Que voulez-vous me dire ?
fault = Une panne de notre côté. Votre message est gardé et une personne est prévenue. Si c'est urgent : 19 (ville), 177 (campagne), 15 (ambulance), 2511 (la journée).

## Dossier

status-receipt = Écrivez les 16 chiffres du reçu.
receipt-incomplete = Le reçu a 16 chiffres. Il en manque, ou il y en a trop.
status =
    { $state ->
        [received] Signalement du { $created } : il est arrivé.
        [queued] Signalement du { $created } : il part vers { $at ->
            [desk] le bureau national
           *[office] l'équipe de la province
        }.
        [delivered] Signalement du { $created } : { $at ->
            [desk] le bureau national
           *[office] l'équipe de la province
        } l'a dans sa boîte, mais ne l'a pas encore ouvert.
        [opened] Signalement du { $created } : il a été ouvert, sans réponse encore.
        [acknowledged] Signalement du { $created } : quelqu'un l'a pris en charge pour le lire.
        [accepted] Signalement du { $created } : il est accepté.
        [in_progress] Signalement du { $created } : on y travaille.
        [refused] Signalement du { $created } : cette équipe l'a rendu au bureau national, qui décide de la suite.
        [closed] Signalement du { $created } : il est clos.
        [slow] Trop d'essais. Attendez un peu avant d'essayer encore.
       *[unknown] Aucun signalement n'a ce numéro. Vérifiez les 16 chiffres.
    }

## Boutons communs

choice-yes = Oui
choice-no = Non
control-skip = Passer
control-hint-skip = (Pour passer : écrivez « passer »)
share-contact = Envoyer mon numéro
share-location = Envoyer ma position
option-line = { $number }. { $label }
