### Tabligh 3la tfel f khatar.

report-closed =
    Daba ma kanakhdo hna 7ta tabligh: mazal 7ta wa7d ma akked belli kayn bach y9rah.
    3eyto 3la: 19 (lmdina), 177 (lbadia), 15 (l2is3af), 2511 (b nhar), 2511.ma f koul wa9t.
report-closed-here =
    Ma kanakhdo hna 7ta tabligh 3la had l2i9lim: lfari9 dyalo mazal ma akked belli kayn.
    3eyto 3la: 19 (lmdina), 177 (lbadia), 15 (l2is3af), 2511 (b nhar), 2511.ma f koul wa9t.
report-heard =
    { $child ->
        [yes] Choukran 7it golti-ha. Machi denbek. Fhemt:
       *[no] Choukran 7it khbertona. Fhemt:
    }

line-harm = Chno wa9e3: { $value }
    .sms = Chno wa9e3: t9eyed
line-child-age = Ch7al f 3mer tfel: { $value ->
        [0] 9ell men 3am
        [1] 3am
        [2] 3amayn
        [3] { $value } snin
        [4] { $value } snin
        [5] { $value } snin
        [6] { $value } snin
        [7] { $value } snin
        [8] { $value } snin
        [9] { $value } snin
        [10] { $value } snin
       *[other] { $value } 3am
    }
line-place = Lblasa: { $value }
line-perpetrator = Chkoun: { $value }
line-danger = F khatar daba: { $value }
line-story = Klamkom: { $value ->
        [1] message wa7d
        [2] jouj messajat
       *[other] { $value } messajat
    }
line-files = Li tsifet: { $value }
line-more = Bach yt3ref: { $value }
line-finding = Bach ytl9a tfel: { $value }
line-call-when = Imta w kifach y3eyto: { $value }
line-code-word = Lkelma li mtaf9in 3liha: { $value }
line-phone = Nnemra: { $value }
line-name = Smia: { $value }
line-wish = Chkoun ntoma: { $value }
line-hidden = Li t9al 9bel m7foud w ma kaybanch: daz chwia dyal lwa9t.

report-danger =
    { $child ->
        [yes] Wach kayn khatar 3lik daba?
       *[no] Wach tfel f khatar daba?
    }
    .yes = Ah
    .no = La
report-harm =
    { $child ->
        [yes] Chno wa9e3? B klamek, wla ikhtiyar men hado.
       *[no] Chno wa9e3 l tfel? Goloha b klamkom, wla khtaro.
    }
    .physical-abuse = Derb
    .sexual-abuse = 3onf jinsi
    .emotional-abuse = Tahdid w sebban
    .neglect = Ma lahyin fih
    .child-labour = Mkhedminou
    .begging = Kays3aw bih
    .online-sextortion = Tahdid f internet
    .child-marriage = Bghaw yzewjoh
report-harm-confirm = Wach fhemt mezyan: { $value }?
report-place =
    { $child ->
        [yes] Fin kayn had chi? Lmdina, ljama3a wla l2i9lim.
       *[no] Fin kayn tfel? Lmdina, ljama3a wla l2i9lim.
    }
report-place-confirm = Wach hia: { $value }?
place-unknown = Ma 3reftch had lblasa, walakin klamkom m7foud. Chno hia a9reb mdina wla i9lim?
place-too-wide = Hadi jiha. Ama mdina wla i9lim?
place-far = Ma 3reftch had lblasa f lmeghrib. Ama mdina wla i9lim?
report-part = Ama jiha f Casa?
report-part-confirm = Wach hia: { $value }?
report-child_age =
    { $child ->
        [yes] Ch7al f 3emrek?
       *[no] Ch7al f 3mer tfel ta9riban?
    }
report-child_age-confirm = Wach howa { $value ->
        [0] 9ell men 3am
        [1] 3am
        [2] 3amayn
        [3] { $value } snin
        [4] { $value } snin
        [5] { $value } snin
        [6] { $value } snin
        [7] { $value } snin
        [8] { $value } snin
        [9] { $value } snin
        [10] { $value } snin
       *[other] { $value } 3am
    }?
age-adult = Had tabligh 3la li 9ell men 18 3am. Ch7al f 3mer tfel? Ila kan chi wa7d kbir f khatar: 19 (lmdina), 177 (lbadia).
age-impossible = Had l3mer ma ymkench. Ch7al men 3am, men 0 7ta 17.
report-call_me =
    { $child ->
        [yes] Wach y9der chi wa7d y3eyet lik?
       *[no] Wach y9der chi wa7d y3eyet likom 3la had chi? Bla biha ma kantelbo la smia la nemra.
    }
    .yes = Ah
    .no = La
report-phone = Chno hia nnemra?
report-phone-confirm = Wach nkhelliw had nnemra bach y3eyto likom: { $value }?
phone-invalid = Had nnemra machi hia hadik. Matalan: 06 12 34 56 78.
report-wish = Smitkom: ghir l lfari9 li tabe3 tfel, wla momkin yst3mloha?
    .confidential = Ghir l lfari9
    .named = Ysta3mlo smiti
report-wish-confirm = Smitkom: { $value }. Wach hakka?
report-name = Chno hia smia?
report-more =
    { $child ->
        [yes] Wach kayna chi 7aja khra?
       *[no] Wach kayna chi 7aja khra khasha tt3ref?
    }
report-finding = Chno kay3awen bach ytl9a tfel? Zen9a wla douar, lmdrasa, bach kay3eyto lih, chkoun kayn f dar.
report-call_when = F ama sa3a w kifach y3eyto bla ma ykon khatar?
report-code_word = Khtaro kelma: li ghadi y3eyet ghadi ygolha, w ghadi t3rfo belli howa lfari9.
report-perpetrator-confirm = Chkoun: { $value }. Wach hakka?
report-child_sex-confirm = Tfel: { $value }. Wach hakka?
report-reporter_is-confirm = Li kaykteb: { $value }. Wach hakka?
report-change = Chno nbedlo?
    .danger = Lkhatar daba
    .harm = Chno wa9e3
    .place = Lblasa
    .child-age = L3mer
    .call-me = Y3eyto lia
    .more = 7aja khra
report-send =
    { $demo ->
        [yes] (Tajriba: walo ma ghadi ytsifet b ss7.)
       *[no] { "" }
    }
    Had chi li ghadi ytsifet { $why ->
        [reached] l lfari9 dyal 7imayat toffola: { $place }
        [no-office] l lmaktab lwatani (mazal ma ymkench nweslo l lfari9 dyal { $place })
       *[no-place] l lmaktab lwatani (lblasa ma m3roufach)
    }. Ghir li tchaf, bla ma nttahmo 7ed.
    .send = Sifet
    .add = Bach ytl9a
    .change = Beddel
    .sms = Had chi li ghadi ytsifet. Wach howa hadak?
report-filed =
    { $child ->
        [yes] Choukran, had chi li derti mezyan. Rah t9eyed.
       *[no] Choukran. Tabligh rah t9eyed.
    }
    Had ra9m khelliwh 3ndkom, w ma twerriwh l 7ed:
    { $receipt }
    Bih momkin rjou3 hna bach yt3ref fin wsel lmilef.

    { $demo ->
        [yes] Hadi kant ghir tajriba: 7ta wa7d ma twessel bih.
       *[no] { $why ->
            [reached] Rah 3nd lfari9 dyal { $place }, w khaso yakked belli 9rah.
            [no-office] Rah 3nd lmaktab lwatani, 7it lfari9 dyal { $place } mazal ma ymkench nweslo lih.
           *[no-place] Rah 3nd lmaktab lwatani, w ghadi ychof lmen y3tih.
        } { $call ->
            [yes] Y9der y3eyet chi wa7d.
           *[no] 7ta wa7d ma ghadi y3eyet.
        } Ma n9derch ngol imta.
    }
    { $urgent ->
        [yes] Ma ttsennawch: 3eyto 3la 19 (lmdina) wla 177 (lbadia).
       *[no] Ila zad lkhatar: 19 (lmdina) wla 177 (lbadia).
    }
    .sms = Rah t9eyed. Ra9m: { $receipt }. Bih momkin rjou3 hna. { $demo ->
        [yes] Tajriba: 7ta wa7d ma twessel bih.
       *[no] Zerba: 19 wla 177.
    }
report-kept =
    Mcha l lmaktab lwatani kif ma howa, w mktoub 3lih "machi kamel". { $demo ->
        [yes] (Tajriba: 7ta wa7d ma twessel bih.)
       *[no] Chi wa7d ghadi y9errer chno ytdar.
    }
    Had ra9m khelliwh 3ndkom, w ma twerriwh l 7ed:
    { $receipt }
    .sms = Mcha l lmaktab lwatani machi kamel. Ra9m: { $receipt }
