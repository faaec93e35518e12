### Chno kaygol l-mosa3id, men ghir tabligh. B sighat jam3, bla mo2annat wla modakkar.

welcome =
    Salam, hna Sanad, mosa3id otomatiki. N9der:
    • nwessel tabligh 3la chi tfel f khatar,
    • nwerri fin kaynin lkhadamat dyal 7imayat toffola,
    • nchre7 programme Jisr l l3yalat li 3ndhom machrou3.
    Ktbo b klamkom l3adi.
    .sms = Sanad, mosa3id otomatiki: tfel f khatar, khadamat dyal toffola, programme Jisr. Ktbo b klamkom.
welcome-demo =
    ⚠️ Hadi ghir tajriba: 7ta wa7d ma kaytwessel b li kaytkteb hna. Ila kan lkhatar b ss7: 3eyto 3la 19 (f lmdina) wla 177 (f lbadia).

    Salam, hna Sanad, mosa3id otomatiki: tabligh 3la tfel f khatar, khadamat dyal 7imayat toffola, programme Jisr l l3yalat li 3ndhom machrou3. Ktbo b klamkom l3adi.
    .sms = GHIR TAJRIBA: 7ta wa7d ma kaytwessel b lmessajat. Khatar b ss7: 19 (lmdina), 177 (lbadia). Hna Sanad, mosa3id otomatiki. Ktbo b klamkom.
notice =
    9bel ma nbdaw: had lkhidma dyal lwizara lmokallafa b tadamon w l2osra. Li kayt9al hna ghir bach yt7ma tfel, w kaychofoh lfari9 dyal l2i9lim dyalo w lmaktab lwatani. L2application dyal lmessajat charika berrania. Ma kayn walo b ssif. Ila w9ef ljawab, li kay7mi tfel kaymchi l lmaktab lwatani. 3ndkom l7e9 tchofo w tse77o w tmes7o (9anoun 09-08): tlbo chi wa7d yhder m3akom.
    .sms = Khidma dyal wizarat l2osra. Kay9rawha fari9 dyal l2i9lim w lmaktab lwatani. Ma kayn walo b ssif. Bach ytmse7: tlbo chi wa7d.
notice-demo =
    9bel ma nbdaw: hadi ghir tajriba, 7ta wa7d ma ghadi y9ra had tabligh. Ma tkteboch smiyat b ss7. F lkhidma b ss7 kaychofoh lfari9 dyal l2i9lim w lmaktab lwatani bach yt7ma tfel. L2application dyal lmessajat charika berrania. Ma kayn walo b ssif. 3ndkom l7e9 tchofo w tse77o w tmes7o (9anoun 09-08): tlbo chi wa7d yhder m3akom.
    .sms = Ghir tajriba: 7ta wa7d ma ghadi y9ra had tabligh. Ma tkteboch smiyat b ss7. Bach ytmse7: tlbo chi wa7d.

emergency-numbers =
    🆘 Khatar daba:
    • 19 lbolis (f lmdina)
    • 177 jadarmia (f lbadia)
    • 15 l2is3af, ila kan chi wa7d mejrou7
    • 2511 toffola f khatar (b nhar)
    { $child ->
        [yes] Ila ma kanch momkin l2ittisal, lktaba hna kafia. W ila kan chi wa7d kbir fih ti9a, howa lewwel.
       *[no] Ila ma kanch momkin t3eyto, ktbo lia hna b l2ikhtisar.
    }
    .sms = KHATAR: 19 lbolis (lmdina), 177 jadarmia (lbadia), 15 l2is3af, 2511 toffola. Wla ktbo hna.
numbers-brief =
    { $child ->
        [yes] Ila kan 3lik chi khatar daba: 19 (lbolis, f lmdina), 177 (jadarmia, f lbadia), 15 (l2is3af), 2511 (toffola, b nhar).
       *[no] Ila kan tfel f khatar daba: 19 (lbolis, f lmdina), 177 (jadarmia, f lbadia), 15 (l2is3af), 2511 (toffola, b nhar).
    }
voice-kept =
    Lmessaj ssawti m7foud, w y9der chi wa7d ysm3o. Mazal ma kanfhemch ssawt: chi kelmat mktoubin kay3awno bach nzerbo.
    Ila kan lkhatar: 19 (lmdina), 177 (lbadia), 15 (l2is3af), 2511 (b nhar).
    .sms = Lmessaj ssawti m7foud bach ysm3o chi wa7d. Khatar: 19 (lmdina), 177 (lbadia), 15 (l2is3af). Lktaba kat3awen.

menu =
    { $child ->
        [yes] Bach n9der n3awen? Lktaba b klamek l3adi momkina.
       *[no] Bach n9der n3awen? T9edro tktbo b klamkom l3adi.
    }
    .continue = Nkemlo
    .report = Tabligh 3la khatar
    .guide = N9elbo 3la khidma
    .jisr = Programme Jisr
    .status = Fin wsel lmilef
    .person = Nhder m3a chi wa7d
    .language = Logha
more-help = Wach kayna chi 7aja khra?
    .report = Tabligh 3la khatar
    .guide = N9elbo 3la khidma
    .jisr = Programme Jisr
    .status = Fin wsel lmilef
    .person = Nhder m3a chi wa7d
    .language = Logha
language = B ama logha?
    .ary-Arab = الدارجة
    .ary-Latn = Darija
    .arb = العربية
    .fra = Français
language-set = Wakha, b darija.
tamazight =
    ⴰⵣⵓⵍ. Azul. Sanad mazal ma kayhderch b l2amazighia.
    { $duty ->
        [yes] Kantleb chi wa7ed kayhder biha, ghadi y9ra klamkom hna.
       *[no] Klamkom kaytsenna chi wa7ed kayhder biha, w ma kayn 7ed f lkhedma daba.
    }
    Lkhatar: 19 (lboulis, f lmdina), 177 (jadarmia, f lbadia), 15 (l2is3af), 2511 (toufoula, b nhar).
    .sms = Azul. Mazal ma kanhderch b tamazight: klamkom kaytsenna chi wa7ed. Lkhatar: 19 (mdina), 177 (badia), 15, 2511.

which-goal =
    Bach nfhem mzyan: wach 3la we7da mn hado?
    .report = Tabligh 3la khatar
    .guide = N9elbo 3la khidma
    .jisr = Programme Jisr
    .status = Fin wsel lmilef
    .person = Nhder m3a chi wa7d
    .menu = 7aja khra

language-unknown =
    Kanfhem darija, l3arbia w lfransawia. Khtaro logha.
    I understand Darija, Arabic and French. Danger: call 19 (town), 177 (countryside), 2511.
    .ary-Arab = الدارجة
    .ary-Latn = Darija
    .arb = العربية
    .fra = Français

guide-ask =
    { $child ->
        [yes] Chno howa sou2al? B klam bsit.
       *[no] Chno howa sou2al? Ktboh b klam bsit, w m3ah lmdina ila kant mohimma.
    }
guide-did-you-mean = Wach ljawab chi we7da men hado?
    .none = 7ta we7da
pin-guide = Chokran 3la lblasa. Wach bghito li kayn tmma?
    .none = La, 7aja khra
guide-unknown = Ma 3rftch ljawab, w ma kankhtare3ch. Y9der chi wa7d y3awen: 2511 b nhar, wla ktbo hna "chi wa7d".
source = { $ours ->
        [yes] Lmasdar:
       *[no] Men masadir 3omomia:
    } { $source }, { $dated ->
        [yes] { $date }
       *[no] page bla tarikh, t9rat f { $date }
    }{ $verified ->
        [no] {""}
       *[other] , t2ekdat f { $verified }
    }
source-stale = Had lma3loma 9dima chwia: t2ekdo menha 9bel ma tmchiw.

person-wait =
    { $duty ->
        [yes] Ghadi yjawbkom chi wa7d hna. Talab rah f ssef.
       *[no] Talab rah f ssef, walakin ma kayn 7ed f lkhidma daba. Ma n9derch ngol imta ghadi yji ljawab.
    }
    Ila ma kanch kaytsenna: 19 (lmdina), 177 (lbadia), 15 (l2is3af), 2511 (b nhar).
    .sms = { $duty ->
        [yes] Ghadi yjawbkom chi wa7d hna.
       *[no] Talab t9eyed, walakin ma kayn 7ed f lkhidma daba.
    } Zerba: 19 (lmdina), 177 (lbadia), 15 (l2is3af), 2511 (b nhar).
lost =
    { $child ->
        [yes] Ma fhemtch. Wach momkin tt9al b klam akhor?
       *[no] Ma fhemtch. Wach momkin tgoloha b klam akhor, b l2ikhtisar?
    }
lost-person =
    { $duty ->
        [yes] Ma fhemtch, w 3liha kantleb men chi wa7d yjawbkom hna.
       *[no] Ma fhemtch. Tlebt chi wa7d, walakin ma kayn 7ed f lkhidma daba.
    }
    Ila kant zerba: 19 (lmdina), 177 (lbadia), 2511 (b nhar).

needed = Had sou2al ma ymkench ndowzoh: bla bih 7ta wa7d ma ghadi y3ref chno ydir. Chi kelmat kafyin.
back-nothing = Ma kayn walo 9bel had sou2al.
stale = Had lbotona 9dima. Hna fin wselna.
stop = Bghito tw9fo. Chno ndiro b li t9al?
    .send = Nsiftoh
    .drop = Nlo7oh
    .continue = Nkemlo
stopped = Safi, tla7. Ma tsifet walo. Momkin trej3o f ay wa9t.
bye = Bslama.
exit = Bslama.
nudge = 3ndkom message kaytsenna.
welcome-back = Salam.
    .continue = Nkemlo
    .restart = N3awdo men lewwel
goal-report = Wach bghito tbelgho 3la chi tfel f khatar?
goal-status = Wach bghito t3rfo fin wsel chi tabligh?
greet = Salam.
how-are-you = Bikhir l7amdollah, choukran.
thanks = Mer7ba, bla jmil.
insult = Ana hna bach n3awen, we9t ma bghito.
file-kept = Wsel, w rah m7foud m3a tabligh.
file-alone = Wsel. Chno bghito tgolo bih?
pin-unasked = Choukran 3la lblasa. Chno wa9e3 temma?
contact-unasked = Choukran 3la nnemra. Chno bghito tgolo?
fault = W9e3 mochkil 3ndna. Lmessage dyalkom m7foud w khberna chi wa7d. Ila kant zerba: 19 (lmdina), 177 (lbadia), 15 (l2is3af), 2511 (b nhar).

status-receipt = Ktbo 16 ra9m dyal lwesl.
receipt-incomplete = Lwesl fih 16 ra9m. Na9sin wla zaydin.
status =
    { $state ->
        [received] Tabligh dyal { $created }: wsel.
        [queued] Tabligh dyal { $created }: f tri9 { $at ->
            [desk] l lmaktab lwatani
           *[office] l lfari9 dyal l2i9lim
        }.
        [delivered] Tabligh dyal { $created }: rah 3nd { $at ->
            [desk] lmaktab lwatani
           *[office] lfari9 dyal l2i9lim
        }, w mazal ma 7ellohch.
        [opened] Tabligh dyal { $created }: 7elloh, w mazal ma kayn jawab.
        [acknowledged] Tabligh dyal { $created }: khdah chi wa7d bach y9rah.
        [accepted] Tabligh dyal { $created }: t9bel.
        [in_progress] Tabligh dyal { $created }: khdamin 3lih.
        [refused] Tabligh dyal { $created }: lfari9 rej3o l lmaktab lwatani, w howa li ghadi y9errer.
        [closed] Tabligh dyal { $created }: tsedd.
        [slow] Bzaf dyal lmo7awalat. Tsennaw chwia 9bel ma t3awdo.
       *[unknown] Ma kayn 7ta tabligh b had ra9m. Chofo mezyan 16 ra9m.
    }

choice-yes = Ah
choice-no = La
control-skip = Doz
control-hint-skip = (Bach tdowzo: ktbo "doz")
share-contact = Nsifet nemrti
share-location = Nsifet blasti
option-line = { $number }. { $label }
