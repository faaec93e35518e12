### Mots du vocabulaire fermé.

harm-physical-abuse = coups, violence physique
harm-sexual-abuse = violence sexuelle
harm-emotional-abuse = menaces, insultes, humiliation
harm-neglect = manque de soins
harm-abandonment = abandon
harm-child-labour = travail d'un enfant
harm-sexual-exploitation = exploitation sexuelle
harm-trafficking = traite
harm-child-marriage = mariage d'enfant
harm-begging = mendicité
harm-street-situation = vie dans la rue
harm-online-sextortion = chantage ou violence en ligne
harm-bullying = harcèlement à l'école
harm-abduction = enlèvement, disparition
harm-school-dropout = arrêt de l'école
harm-no-birth-registration = pas d'état civil
harm-psychosocial-distress = détresse
harm-substance-abuse = drogues
harm-unaccompanied = enfant seul
harm-other = dit avec vos mots

perpetrator-father = le père
perpetrator-mother = la mère
perpetrator-step-parent = le beau-père ou la belle-mère
perpetrator-primary-caregiver = la personne qui s'en occupe
perpetrator-other-family = quelqu'un de la famille
perpetrator-teacher = quelqu'un de l'école
perpetrator-neighbour = quelqu'un du voisinage
perpetrator-employer = un employeur
perpetrator-schoolmate = un élève
perpetrator-stranger = une personne inconnue
perpetrator-unknown = on ne sait pas

wish-anonymous = non demandée
wish-confidential = seulement pour l'équipe
wish-named = votre nom peut servir

child-sex-m = un garçon
child-sex-f = une fille
reporter-child = l'enfant
reporter-relative = la famille
reporter-witness = un témoin
