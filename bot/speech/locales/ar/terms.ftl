### كلمات المعجم المغلق.

harm-physical-abuse = ضرب، عنف جسدي
harm-sexual-abuse = عنف جنسي
harm-emotional-abuse = تهديد، إهانة
harm-neglect = إهمال
harm-abandonment = تخل عن الطفل
harm-child-labour = تشغيل طفل
harm-sexual-exploitation = استغلال جنسي
harm-trafficking = اتجار
harm-child-marriage = تزويج طفل
harm-begging = تسول
harm-street-situation = عيش في الشارع
harm-online-sextortion = ابتزاز أو عنف في الإنترنت
harm-bullying = تنمر في المدرسة
harm-abduction = اختطاف، اختفاء
harm-school-dropout = انقطاع عن المدرسة
harm-no-birth-registration = بدون حالة مدنية
harm-psychosocial-distress = ضيق نفسي
harm-substance-abuse = مخدرات
harm-unaccompanied = طفل بلا مرافق
harm-other = كما قيل بكلماتكم

perpetrator-father = الأب
perpetrator-mother = الأم
perpetrator-step-parent = زوج الأم أو زوجة الأب
perpetrator-primary-caregiver = من يرعى الطفل
perpetrator-other-family = شخص من العائلة
perpetrator-teacher = شخص من المدرسة
perpetrator-neighbour = شخص من الجيران
perpetrator-employer = مشغل
perpetrator-schoolmate = تلميذ
perpetrator-stranger = شخص غير معروف
perpetrator-unknown = غير معلوم

wish-anonymous = لم تطلب
wish-confidential = للفريق فقط
wish-named = يمكن استعمال الاسم

child-sex-m = ولد
child-sex-f = بنت
reporter-child = الطفل
reporter-relative = العائلة
reporter-witness = شاهد
