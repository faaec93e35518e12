### Courriel à une équipe : qu'un dossier attend, jamais ce qu'il dit.

mail-subject = { $urgent ->
        [yes] URGENT : un dossier attend, référence { $ref }
       *[no] Un dossier attend, référence { $ref }
    }
mail-body =
    Bonjour,
    un dossier est dans votre boîte Sanad, référence { $ref }.
    { $urgent ->
        [yes] Il est marqué urgent : ouvrez-le maintenant.
       *[no] Merci de l'ouvrir et de confirmer.
    }
    { $link }
    Ce courriel ne contient rien du dossier. N'y répondez pas.
