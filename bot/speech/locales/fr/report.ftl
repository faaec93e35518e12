### Le signalement d'un enfant en danger.

report-closed =
    Aucun signalement n'est pris ici pour l'instant : personne n'a encore confirmé être là pour le lire.
    Appelez : 19 (ville), 177 (campagne), 15 (ambulance), 2511 (la journée) ; 2511.ma à toute heure.
report-closed-here =
    Aucun signalement n'est pris ici pour cette province : son équipe n'a pas encore confirmé être là.
    Appelez : 19 (ville), 177 (campagne), 15 (ambulance), 2511 (la journée) ; 2511.ma à toute heure.
report-heard =
    { $child ->
        [yes] Merci de me le dire. Ce n'est pas ta faute. J'ai compris :
       *[no] Merci de le dire. J'ai compris :
    }

line-harm = Ce qui se passe : { $value }
    .sms = Ce qui se passe : c'est noté
line-child-age = Âge de l'enfant : { $value ->
        [0] moins d'un an
        [one] { $value } an
       *[other] { $value } ans
    }
line-place = Lieu : { $value }
line-perpetrator = Par qui : { $value }
line-danger = En danger maintenant : { $value }
line-story = Vos mots : { $value ->
        [one] un message
       *[other] { $value } messages
    }
line-files = Pièces jointes : { $value }
line-more = À savoir : { $value }
line-finding = Pour trouver l'enfant : { $value }
line-call-when = Quand et comment appeler : { $value }
line-code-word = Mot convenu : { $value }
line-phone = Téléphone : { $value }
line-name = Nom : { $value }
line-wish = Votre identité : { $value }
line-hidden = Ce qui a été dit avant est gardé, sans être montré : du temps a passé.

report-danger =
    { $child ->
        [yes] Es-tu en danger en ce moment ?
       *[no] L'enfant est-il en danger en ce moment ?
    }
    .yes = Oui
    .no = Non
report-harm =
    { $child ->
        [yes] Que se passe-t-il ? Dis-le avec tes mots, ou choisis.
       *[no] Que se passe-t-il pour l'enfant ? Dites-le avec vos mots, ou choisissez.
    }
    .physical-abuse = On le frappe
    .sexual-abuse = Violence sexuelle
    .emotional-abuse = Menaces, insultes
    .neglect = Personne s'en occupe
    .child-labour = Il travaille
    .begging = Mendicité
    .online-sextortion = Chantage en ligne
    .child-marriage = Mariage
report-harm-confirm = Ai-je bien compris : { $value } ?
report-place =
    { $child ->
        [yes] Où es-tu ? La ville, la commune ou la province.
       *[no] Où est l'enfant ? La ville, la commune ou la province.
    }
report-place-confirm = Est-ce bien : { $value } ?
place-unknown = Je ne connais pas ce lieu, mais je garde vos mots. Quelle est la ville ou la province la plus proche ?
place-too-wide = C'est une région. Quelle ville ou quelle province ?
place-far = Je ne reconnais pas ce lieu au Maroc. Quelle ville ou quelle province ?
report-part = Quelle partie de Casablanca ?
report-part-confirm = Est-ce bien : { $value } ?
report-child_age =
    { $child ->
        [yes] Quel âge as-tu ?
       *[no] Quel âge a l'enfant, à peu près ?
    }
report-child_age-confirm = Est-ce bien { $value ->
        [one] { $value } an
       *[other] { $value } ans
    } ?
age-adult = Ce signalement est pour les moins de 18 ans. Quel est l'âge de l'enfant ? Pour une personne adulte en danger : 19 (ville), 177 (campagne).
age-impossible = Cet âge ne va pas. Un nombre d'années, de 0 à 17.
report-call_me =
    { $child ->
        [yes] Est-ce qu'une personne peut t'appeler ?
       *[no] Une personne peut-elle vous appeler à ce sujet ? Sans cela, ni nom ni numéro ne sont demandés.
    }
    .yes = Oui
    .no = Non
report-phone = Quel numéro ?
report-phone-confirm = Faut-il garder ce numéro pour vous appeler : { $value } ?
phone-invalid = Ce numéro n'a pas la bonne forme. Exemple : 06 12 34 56 78.
report-wish = Votre identité : seulement pour l'équipe qui suit l'enfant, ou peut-on utiliser votre nom ?
    .confidential = Équipe seulement
    .named = Mon nom peut servir
report-wish-confirm = Votre identité : { $value }. C'est bien cela ?
report-name = Quel nom ?
report-more =
    { $child ->
        [yes] Veux-tu dire autre chose ?
       *[no] Autre chose à savoir ?
    }
report-finding = Qu'est-ce qui aide à trouver l'enfant ? Rue ou douar, école, comment on l'appelle, qui est à la maison.
report-call_when = À quelle heure et comment appeler sans risque ?
report-code_word = Choisissez un mot : la personne qui appelle le dira, et vous saurez que c'est bien l'équipe.
report-perpetrator-confirm = Par qui : { $value }. C'est bien cela ?
report-child_sex-confirm = L'enfant : { $value }. C'est bien cela ?
report-reporter_is-confirm = La personne qui écrit : { $value }. C'est bien cela ?
report-change = Que faut-il changer ?
    .danger = Danger maintenant
    .harm = Ce qui se passe
    .place = Le lieu
    .child-age = L'âge
    .call-me = Me rappeler
    .more = Autre chose
report-send =
    { $demo ->
        [yes] (Démonstration : rien ne partira vraiment.)
       *[no] { "" }
    }
    Voici ce qui sera envoyé { $why ->
        [reached] à l'équipe de protection de l'enfance : { $place }
        [no-office] au bureau national (l'équipe de { $place } ne peut pas encore être jointe)
       *[no-place] au bureau national (le lieu n'est pas connu)
    }. Dites ce que vous avez vu, sans accuser.
    .send = Envoyer
    .add = Aider à le trouver
    .change = Changer
    .sms = Ce qui sera envoyé. C'est bon ?
report-filed =
    { $child ->
        [yes] Merci, tu as bien fait. C'est enregistré.
       *[no] Merci. Le signalement est enregistré.
    }
    Numéro à garder, à ne montrer à personne :
    { $receipt }
    Avec lui, on peut revenir ici voir où en est le dossier.

    { $demo ->
        [yes] Ceci était une démonstration : personne ne l'a reçu.
       *[no] { $why ->
            [reached] L'équipe de { $place } l'a dans sa boîte et doit confirmer qu'elle l'a lu.
            [no-office] Le bureau national l'a, car l'équipe de { $place } ne peut pas encore être jointe.
           *[no-place] Le bureau national l'a et cherchera à qui le confier.
        } { $call ->
            [yes] Une personne pourra appeler.
           *[no] Personne n'appellera.
        } Je ne peux pas dire quand.
    }
    { $urgent ->
        [yes] N'attendez pas : appelez le 19 (ville) ou le 177 (campagne).
       *[no] Si le danger monte : 19 (ville) ou 177 (campagne).
    }
    .sms = C'est enregistré. Numéro à garder : { $receipt }. Il permet de revenir ici. { $demo ->
        [yes] Démonstration : personne ne l'a reçu.
       *[no] Urgence : 19 ou 177.
    }
report-kept =
    C'est remis au bureau national tel quel, marqué incomplet. { $demo ->
        [yes] (Démonstration : personne ne l'a reçu.)
       *[no] Une personne décidera de la suite.
    }
    Numéro à garder, à ne montrer à personne :
    { $receipt }
    .sms = Remis au bureau national, incomplet. Numéro à garder : { $receipt }
