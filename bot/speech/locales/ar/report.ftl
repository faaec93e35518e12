### التبليغ عن طفل في خطر.

report-closed =
    لا يؤخذ هنا أي تبليغ الآن: لم يؤكد أحد بعد أنه موجود ليقرأه.
    اتصلوا: 19 (المدينة)، 177 (البادية)، 15 (الإسعاف)، 2511 (نهارا)، 2511.ma في كل وقت.
report-closed-here =
    لا يؤخذ هنا أي تبليغ لهذا الإقليم: لم يؤكد فريقه بعد أنه موجود.
    اتصلوا: 19 (المدينة)، 177 (البادية)، 15 (الإسعاف)، 2511 (نهارا)، 2511.ma في كل وقت.
report-heard =
    { $child ->
        [yes] شكرا لأنك قلتها. الذنب ليس ذنبك. فهمت:
       *[no] شكرا على إخبارنا. فهمت:
    }

line-harm = ما يحدث: { $value }
    .sms = ما يحدث: مسجل
line-child-age = عمر الطفل: { $value ->
        [zero] أقل من سنة
        [one] سنة واحدة
        [two] سنتان
        [few] { $value } سنوات
        [many] { $value } سنة
       *[other] { $value } سنة
    }
line-place = المكان: { $value }
line-perpetrator = ممن: { $value }
line-danger = في خطر الآن: { $value }
line-story = كلماتكم: { $value ->
        [one] رسالة واحدة
        [two] رسالتان
        [few] { $value } رسائل
       *[other] { $value } رسالة
    }
line-files = المرفقات: { $value }
line-more = للعلم: { $value }
line-finding = لإيجاد الطفل: { $value }
line-call-when = متى وكيف يكون الاتصال: { $value }
line-code-word = الكلمة المتفق عليها: { $value }
line-phone = الهاتف: { $value }
line-name = الاسم: { $value }
line-wish = هويتكم: { $value }
line-hidden = ما قيل من قبل محفوظ ولا يظهر: مر بعض الوقت.

report-danger =
    { $child ->
        [yes] هل هناك خطر عليك الآن؟
       *[no] هل الطفل في خطر الآن؟
    }
    .yes = نعم
    .no = لا
report-harm =
    { $child ->
        [yes] ماذا يحدث؟ بكلماتك، أو بالاختيار.
       *[no] ماذا يحدث للطفل؟ بكلماتكم، أو بالاختيار.
    }
    .physical-abuse = ضرب
    .sexual-abuse = عنف جنسي
    .emotional-abuse = تهديد وإهانة
    .neglect = إهمال
    .child-labour = تشغيل
    .begging = تسول
    .online-sextortion = ابتزاز في الإنترنت
    .child-marriage = تزويج
report-harm-confirm = هل فهمت جيدا: { $value }؟
report-place =
    { $child ->
        [yes] أين مكانك؟ المدينة أو الجماعة أو الإقليم.
       *[no] أين الطفل؟ المدينة أو الجماعة أو الإقليم.
    }
report-place-confirm = هل هو: { $value }؟
place-unknown = لا أعرف هذا المكان، لكني أحتفظ بكلماتكم. ما أقرب مدينة أو إقليم؟
place-too-wide = هذه جهة. أي مدينة أو إقليم؟
place-far = لا أعرف هذا المكان في المغرب. أي مدينة أو إقليم؟
report-part = أي جزء من الدار البيضاء؟
report-part-confirm = هل هو: { $value }؟
report-child_age =
    { $child ->
        [yes] كم عمرك؟
       *[no] كم عمر الطفل تقريبا؟
    }
report-child_age-confirm = هل هو { $value ->
        [zero] أقل من سنة
        [one] سنة واحدة
        [two] سنتان
        [few] { $value } سنوات
       *[other] { $value } سنة
    }؟
age-adult = هذا التبليغ لمن هم دون 18 سنة. كم عمر الطفل؟ لشخص راشد في خطر: 19 (المدينة)، 177 (البادية).
age-impossible = هذا العمر غير ممكن. عدد السنوات من 0 إلى 17.
report-call_me =
    { $child ->
        [yes] هل يمكن لشخص أن يتصل بك؟
       *[no] هل يمكن لشخص أن يتصل بكم في هذا الموضوع؟ بدون ذلك لا يطلب اسم ولا رقم.
    }
    .yes = نعم
    .no = لا
report-phone = ما رقم الهاتف؟
report-phone-confirm = هل نحتفظ بهذا الرقم للاتصال بكم: { $value }؟
phone-invalid = هذا الرقم غير صحيح الشكل. مثال: 06 12 34 56 78.
report-wish = هويتكم: للفريق الذي يتابع الطفل فقط، أم يمكن استعمال اسمكم؟
    .confidential = للفريق فقط
    .named = يمكن استعمال اسمي
report-wish-confirm = هويتكم: { $value }. هل هذا صحيح؟
report-name = ما الاسم؟
report-more =
    { $child ->
        [yes] هل من شيء آخر تود قوله؟
       *[no] هل من شيء آخر يجب أن يعرف؟
    }
report-finding = ما الذي يساعد على إيجاد الطفل؟ الزنقة أو الدوار، المدرسة، بماذا ينادى، من يوجد في البيت.
report-call_when = في أي ساعة وكيف يكون الاتصال آمنا؟
report-code_word = اختاروا كلمة: يقولها من يتصل، فتعرفون أنه الفريق.
report-perpetrator-confirm = ممن: { $value }. هل هذا صحيح؟
report-child_sex-confirm = الطفل: { $value }. هل هذا صحيح؟
report-reporter_is-confirm = من يكتب: { $value }. هل هذا صحيح؟
report-change = ماذا نغير؟
    .danger = الخطر الآن
    .harm = ما يحدث
    .place = المكان
    .child-age = العمر
    .call-me = الاتصال بي
    .more = شيء آخر
report-change-confirm = هل نغير هذا؟
report-send =
    { $demo ->
        [yes] (عرض تجريبي: لن يرسل شيء فعلا.)
       *[no] { "" }
    }
    هذا ما سيرسل { $why ->
        [reached] إلى فريق حماية الطفولة: { $place }
        [no-office] إلى المكتب الوطني (لا يمكن بعد الوصول إلى فريق { $place })
       *[no-place] إلى المكتب الوطني (المكان غير معروف)
    }. المطلوب ما شوهد، دون اتهام أحد.
    .send = إرسال
    .add = ما يساعد على إيجاده
    .change = تغيير
    .sms = هذا ما سيرسل. هل هو صحيح؟
report-filed =
    { $child ->
        [yes] شكرا، هذا عمل جيد منك. سجل كلامك.
       *[no] شكرا. سجل التبليغ.
    }
    رقم يحفظ ولا يراه أحد:
    { $receipt }
    به يمكن الرجوع إلى هنا لمعرفة أين وصل الملف.

    { $demo ->
        [yes] كان هذا عرضا تجريبيا: لم يتوصل به أحد.
       *[no] { $why ->
            [reached] هو الآن عند فريق { $place }، وعليه أن يؤكد أنه قرأه.
            [no-office] هو عند المكتب الوطني، لأن فريق { $place } لا يمكن الوصول إليه بعد.
           *[no-place] هو عند المكتب الوطني، وسيبحث لمن يسلمه.
        } { $call ->
            [yes] يمكن أن يتصل شخص.
           *[no] لن يتصل أحد.
        } لا يمكنني أن أقول متى.
    }
    { $urgent ->
        [yes] لا تنتظروا: اتصلوا بالرقم 19 (المدينة) أو 177 (البادية).
       *[no] إذا زاد الخطر: 19 (المدينة) أو 177 (البادية).
    }
    .sms = سجل. رقم يحفظ: { $receipt }. به يمكن الرجوع إلى هنا. { $demo ->
        [yes] عرض تجريبي: لم يتوصل به أحد.
       *[no] للاستعجال: 19 أو 177.
    }
report-kept =
    سلم إلى المكتب الوطني كما هو، وعليه علامة «غير كامل». { $demo ->
        [yes] (عرض تجريبي: لم يتوصل به أحد.)
       *[no] سيقرر شخص ما بعد ذلك.
    }
    رقم يحفظ ولا يراه أحد:
    { $receipt }
    .sms = سلم إلى المكتب الوطني غير كامل. رقم يحفظ: { $receipt }
