### كلمات المعجم المسدود.

harm-physical-abuse = الضرب، العنف
harm-sexual-abuse = عنف جنسي
harm-emotional-abuse = التهديد، السبان
harm-neglect = ما لاهي فيه حد
harm-abandonment = تخلاو عليه
harm-child-labour = مخدمين طفل
harm-sexual-exploitation = استغلال جنسي
harm-trafficking = الاتجار
harm-child-marriage = زواج طفل
harm-begging = السعاية
harm-street-situation = عايش فالزنقة
harm-online-sextortion = تهديد ولا عنف فالأنترنيت
harm-bullying = كيحگروه فالمدرسة
harm-abduction = الخطف، ما بانش
harm-school-dropout = خرج من المدرسة
harm-no-birth-registration = بلا حالة مدنية
harm-psychosocial-distress = ضيق نفسي
harm-substance-abuse = المخدرات
harm-unaccompanied = طفل بوحدو
harm-other = كيف ما قلتوها

perpetrator-father = الأب
perpetrator-mother = الأم
perpetrator-step-parent = راجل الأم ولا مرات الأب
perpetrator-primary-caregiver = اللي مقابل الطفل
perpetrator-other-family = شي واحد من العائلة
perpetrator-teacher = شي واحد من المدرسة
perpetrator-neighbour = شي واحد من الجيران
perpetrator-employer = اللي مخدمو
perpetrator-schoolmate = شي تلميذ
perpetrator-stranger = شي واحد ما معروفش
perpetrator-unknown = ما معروفش

wish-anonymous = ما تطلباتش
wish-confidential = غير للفريق
wish-named = ممكن تستعمل السمية

child-sex-m = ولد
child-sex-f = بنت
reporter-child = الطفل
reporter-relative = العائلة
reporter-witness = شاهد
