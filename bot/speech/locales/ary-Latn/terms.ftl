### Kelmat lmo3jam lmsdoud.

harm-physical-abuse = derb, 3onf
harm-sexual-abuse = 3onf jinsi
harm-emotional-abuse = tahdid, sebban
harm-neglect = ma lahi fih 7ed
harm-abandonment = tkhellaw 3lih
harm-child-labour = mkhedmin tfel
harm-sexual-exploitation = istighlal jinsi
harm-trafficking = l2ittijar
harm-child-marriage = zwaj dyal tfel
harm-begging = s3aya
harm-street-situation = 3ayech f zen9a
harm-online-sextortion = tahdid wla 3onf f internet
harm-bullying = kay7egroh f lmdrasa
harm-abduction = lkhetf, ma banch
harm-school-dropout = khrej men lmdrasa
harm-no-birth-registration = bla 7ala madania
harm-psychosocial-distress = di9 nafsi
harm-substance-abuse = lmokhaddirat
harm-unaccompanied = tfel bo7do
harm-other = kif ma goltoha

perpetrator-father = bbah
perpetrator-mother = mmoh
perpetrator-step-parent = rajel mmo wla mrat bbah
perpetrator-primary-caregiver = li m9abel tfel
perpetrator-other-family = chi wa7d men l3a2ila
perpetrator-teacher = chi wa7d men lmdrasa
perpetrator-neighbour = chi wa7d men jiran
perpetrator-employer = li mkhedmo
perpetrator-schoolmate = chi tilmid
perpetrator-stranger = chi wa7d ma m3roufch
perpetrator-unknown = ma m3roufch

wish-anonymous = ma ttelbatch
wish-confidential = ghir l lfari9
wish-named = momkin tst3mel smia

child-sex-m = weld
child-sex-f = bent
reporter-child = tfel
reporter-relative = l3a2ila
reporter-witness = chahed
