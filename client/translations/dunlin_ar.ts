<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>AboutSettings</name>
    <message>
        <source>Dunlin %1</source>
        <translation>Dunlin %1</translation>
    </message>
    <message>
        <source>A messenger to run yourself. Free software under the Apache License 2.0.</source>
        <translation>برنامج مراسلة تديره بنفسك. برنامج حر برخصة أباتشي 2.0.</translation>
    </message>
    <message>
        <source>Hide the licence</source>
        <translation>إخفاء الرخصة</translation>
    </message>
    <message>
        <source>Read the licence</source>
        <translation>قراءة الرخصة</translation>
    </message>
    <message>
        <source>What Dunlin is made with</source>
        <translation>ما بُني عليه Dunlin</translation>
    </message>
</context>
<context>
    <name>AppearanceSettings</name>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>Accent</source>
        <translation>لون التمييز</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>أزرق</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>أزرق مخضر</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>أخضر</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>برتقالي</translation>
    </message>
    <message>
        <source>Rose</source>
        <translation>وردي</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>بنفسجي</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>حجم النص</translation>
    </message>
    <message>
        <source>This is how messages look.</source>
        <translation>هكذا تبدو الرسائل.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>الحركة</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>تقليل الحركة</translation>
    </message>
    <message>
        <source>Nothing slides or fades. Dunlin does so by itself where the system asks for it.</source>
        <translation>لا شيء ينزلق أو يتلاشى. يفعل Dunlin ذلك تلقائيًا إذا طلبه النظام.</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <comment>colours</comment>
        <translation>حسب النظام</translation>
    </message>
    <message>
        <source>Light</source>
        <comment>colours</comment>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <comment>colours</comment>
        <translation>داكن</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
</context>
<context>
    <name>Archive</name>
    <message>
        <source>Dunlin: %1</source>
        <translation>Dunlin: %1</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>كل المحادثات</translation>
    </message>
    <message>
        <source>A picture that is missing</source>
        <translation>صورة مفقودة</translation>
    </message>
    <message>
        <source>Earlier</source>
        <comment>messages</comment>
        <translation>الأقدم</translation>
    </message>
    <message>
        <source>Later</source>
        <comment>messages</comment>
        <translation>الأحدث</translation>
    </message>
</context>
<context>
    <name>AttachmentTray</name>
    <message>
        <source>Pictures to send</source>
        <translation>صور للإرسال</translation>
    </message>
    <message>
        <source>Photo, %1</source>
        <translation>صورة، %1</translation>
    </message>
    <message>
        <source>Photo, being prepared</source>
        <translation>صورة، قيد التحضير</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Send original size</source>
        <translation>إرسال بالحجم الأصلي</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Choose a conversation</source>
        <translation>اختر محادثة</translation>
    </message>
    <message>
        <source>Welcome to Dunlin</source>
        <translation>مرحبًا بك في Dunlin</translation>
    </message>
    <message>
        <source>Find people by their name in the search field and write to them.</source>
        <translation>ابحث عن الأشخاص بأسمائهم في حقل البحث وراسلهم.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Add pictures</source>
        <translation>إضافة صور</translation>
    </message>
    <message>
        <source>Add a caption</source>
        <translation>أضف تعليقًا</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>رسالة</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>إيموجي</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>إرسال</translation>
    </message>
</context>
<context>
    <name>ComposerTarget</name>
    <message>
        <source>Cancel editing</source>
        <translation>إلغاء التعديل</translation>
    </message>
    <message>
        <source>Do not reply</source>
        <translation>إلغاء الرد</translation>
    </message>
</context>
<context>
    <name>ConversationHeader</name>
    <message>
        <source>Back to the conversations</source>
        <translation>العودة إلى المحادثات</translation>
    </message>
    <message>
        <source>More</source>
        <translation>المزيد</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>تثبيت في الأعلى</translation>
    </message>
    <message>
        <source>Mute for an hour</source>
        <translation>كتم لمدة ساعة</translation>
    </message>
    <message>
        <source>Mute for 8 hours</source>
        <translation>كتم لمدة 8 ساعات</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>إلغاء الكتم</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>كتم</translation>
    </message>
    <message>
        <source>Unpin</source>
        <comment>a conversation</comment>
        <translation>إلغاء التثبيت</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>البحث في هذه المحادثة</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>مدة الاحتفاظ</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>محادثة</translation>
    </message>
</context>
<context>
    <name>ConversationPage</name>
    <message>
        <source>Drop pictures here</source>
        <translation>أفلت الصور هنا</translation>
    </message>
    <message>
        <source>You can add words before they are sent.</source>
        <translation>يمكنك إضافة نص قبل إرسالها.</translation>
    </message>
    <message>
        <source>This account was deleted. Nobody would read what you write.</source>
        <translation>حُذف هذا الحساب. لن يقرأ أحد ما تكتبه.</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Search people and messages</source>
        <translation>البحث عن أشخاص ورسائل</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>المحادثات</translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation>لا توجد محادثات بعد</translation>
    </message>
    <message>
        <source>Search for somebody to write to.</source>
        <translation>ابحث عن شخص لتراسله.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>إغلاق الملاحظة</translation>
    </message>
    <message>
        <source>Connect now</source>
        <translation>الاتصال الآن</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>typing...</source>
        <translation>يكتب…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unread</source>
        <comment>messages</comment>
        <translation>
            <numerusform>لا رسائل غير مقروءة</numerusform>
            <numerusform>رسالة غير مقروءة</numerusform>
            <numerusform>رسالتان غير مقروءتين</numerusform>
            <numerusform>%Ln رسائل غير مقروءة</numerusform>
            <numerusform>%Ln رسالة غير مقروءة</numerusform>
            <numerusform>%Ln رسالة غير مقروءة</numerusform>
        </translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>تثبيت في الأعلى</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>إلغاء الكتم</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>كتم</translation>
    </message>
    <message>
        <source>Draft:</source>
        <translation>مسودة:</translation>
    </message>
    <message>
        <source>Unpin</source>
        <comment>a conversation</comment>
        <translation>إلغاء التثبيت</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>محادثة</translation>
    </message>
</context>
<context>
    <name>DatePopup</name>
    <message>
        <source>Month before</source>
        <translation>الشهر السابق</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>الشهر التالي</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>الانتقال إلى تاريخ</translation>
    </message>
</context>
<context>
    <name>DeleteAccountSection</name>
    <message>
        <source>Delete account</source>
        <translation>حذف الحساب</translation>
    </message>
    <message>
        <source>Delete your account for good?</source>
        <translation>حذف حسابك نهائيًا؟</translation>
    </message>
    <message>
        <source>Your name, your profile and everything you wrote and showed are erased, for everyone. Others see a deleted account. All your devices are signed out, and what is on this computer is deleted. Nobody can bring it back.</source>
        <translation>يُمحى اسمك وملفك الشخصي وكل ما كتبته وعرضته لدى الجميع. ويرى الآخرون حسابًا محذوفًا. وتُسجَّل كل أجهزتك خارجًا، ويُحذف ما على هذا الحاسوب. ولا يمكن لأحد استعادته.</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>كلمة مرورك</translation>
    </message>
    <message>
        <source>One moment...</source>
        <translation>لحظة من فضلك…</translation>
    </message>
    <message>
        <source>Delete account for good</source>
        <translation>حذف الحساب نهائيًا</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>DeviceSettings</name>
    <message>
        <source>Sign out</source>
        <translation>تسجيل الخروج</translation>
    </message>
    <message>
        <source>Sign out %1</source>
        <translation>تسجيل خروج %1</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>الأجهزة</translation>
    </message>
</context>
<context>
    <name>EmojiPicker</name>
    <message>
        <source>No skin tone</source>
        <translation>بدون لون بشرة</translation>
    </message>
    <message>
        <source>Light skin tone</source>
        <translation>بشرة فاتحة</translation>
    </message>
    <message>
        <source>Medium-light skin tone</source>
        <translation>بشرة فاتحة متوسطة</translation>
    </message>
    <message>
        <source>Medium skin tone</source>
        <translation>بشرة متوسطة</translation>
    </message>
    <message>
        <source>Medium-dark skin tone</source>
        <translation>بشرة داكنة متوسطة</translation>
    </message>
    <message>
        <source>Dark skin tone</source>
        <translation>بشرة داكنة</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>البحث عن إيموجي</translation>
    </message>
    <message>
        <source>Kinds of emoji</source>
        <translation>فئات الإيموجي</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>إيموجي</translation>
    </message>
    <message>
        <source>Emoji you use appear here</source>
        <translation>ستظهر هنا الإيموجي التي تستخدمها</translation>
    </message>
    <message>
        <source>No emoji found</source>
        <translation>لم يُعثر على إيموجي</translation>
    </message>
    <message>
        <source>Skin tone: %1</source>
        <translation>لون البشرة: %1</translation>
    </message>
</context>
<context>
    <name>EmojiRow</name>
    <message>
        <source>Skin tones</source>
        <translation>درجات لون البشرة</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>This user name is taken. Choose another one.</source>
        <translation>اسم المستخدم هذا محجوز. اختر غيره.</translation>
    </message>
    <message>
        <source>Use 3 to 32 letters, digits, dots, dashes or underscores, beginning with a letter.</source>
        <translation>استخدم من 3 إلى 32 من الحروف أو الأرقام أو النقاط أو الشرطات، بدءًا بحرف.</translation>
    </message>
    <message>
        <source>Use at least 8 characters.</source>
        <translation>استخدم 8 أحرف على الأقل.</translation>
    </message>
    <message>
        <source>This password is too long.</source>
        <translation>كلمة المرور هذه طويلة جدًا.</translation>
    </message>
    <message>
        <source>The user name or the password is wrong.</source>
        <translation>اسم المستخدم أو كلمة المرور غير صحيحة.</translation>
    </message>
    <message>
        <source>This name is too long.</source>
        <translation>هذا الاسم طويل جدًا.</translation>
    </message>
    <message>
        <source>This text is too long.</source>
        <translation>هذا النص طويل جدًا.</translation>
    </message>
    <message>
        <source>This account is on too many devices. Remove one in the settings.</source>
        <translation>هذا الحساب مستخدم على أجهزة كثيرة. أزل أحدها من الإعدادات.</translation>
    </message>
    <message>
        <source>This account was disabled. Ask whoever runs the server.</source>
        <translation>عُطّل هذا الحساب. راجع القائم على الخادم.</translation>
    </message>
    <message>
        <source>This account was deleted.</source>
        <translation>حُذف هذا الحساب.</translation>
    </message>
    <message>
        <source>This device was signed out. Sign in again.</source>
        <translation>سُجّل خروج هذا الجهاز. سجّل الدخول مجددًا.</translation>
    </message>
    <message>
        <source>There is nobody with this name.</source>
        <translation>لا يوجد أحد بهذا الاسم.</translation>
    </message>
    <message>
        <source>This conversation is not there any more.</source>
        <translation>لم تعد هذه المحادثة موجودة.</translation>
    </message>
    <message>
        <source>This message is not there any more.</source>
        <translation>لم تعد هذه الرسالة موجودة.</translation>
    </message>
    <message>
        <source>This device was signed out already.</source>
        <translation>سُجّل خروج هذا الجهاز من قبل.</translation>
    </message>
    <message>
        <source>Write something first.</source>
        <translation>اكتب شيئًا أولًا.</translation>
    </message>
    <message>
        <source>This message is too long. Send it in several parts.</source>
        <translation>هذه الرسالة طويلة جدًا. أرسلها على أجزاء.</translation>
    </message>
    <message>
        <source>This picture cannot be sent.</source>
        <translation>لا يمكن إرسال هذه الصورة.</translation>
    </message>
    <message>
        <source>This conversation has too many pinned messages. Unpin one first.</source>
        <translation>في هذه المحادثة رسائل مثبّتة كثيرة. ألغِ تثبيت واحدة أولًا.</translation>
    </message>
    <message>
        <source>This picture is not there any more.</source>
        <translation>لم تعد هذه الصورة موجودة.</translation>
    </message>
    <message>
        <source>This picture is too large.</source>
        <translation>هذه الصورة كبيرة جدًا.</translation>
    </message>
    <message>
        <source>There is no room left for pictures of this account.</source>
        <translation>لم تبقَ مساحة لصور هذا الحساب.</translation>
    </message>
    <message>
        <source>The server has no room left for pictures. Try again later.</source>
        <translation>لم تبقَ على الخادم مساحة للصور. حاول لاحقًا.</translation>
    </message>
    <message>
        <source>The server could not prove that it is the one you mean, so nothing was sent. Ask whoever runs it about its certificate.</source>
        <translation>لم يتمكن الخادم من إثبات أنه الخادم المقصود، لذا لم يُرسل شيء. اسأل القائم عليه عن شهادته.</translation>
    </message>
    <message>
        <source>The server is busy. Try again in a moment.</source>
        <translation>الخادم مشغول. حاول بعد لحظات.</translation>
    </message>
    <message>
        <source>You are not allowed to do this.</source>
        <translation>غير مسموح لك بذلك.</translation>
    </message>
    <message>
        <source>The server is too old for this.</source>
        <translation>الخادم أقدم من أن يدعم ذلك.</translation>
    </message>
    <message>
        <source>This contains characters that cannot be used.</source>
        <translation>يحتوي على محارف لا يمكن استخدامها.</translation>
    </message>
    <message>
        <source>Something went wrong. Try again.</source>
        <translation>حدث خطأ ما. حاول مجددًا.</translation>
    </message>
    <message>
        <source>There is no connection to the server. Try again when it is back.</source>
        <translation>لا يوجد اتصال بالخادم. حاول مجددًا حين يعود.</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this conversation</source>
        <translation>البحث في هذه المحادثة</translation>
    </message>
    <message>
        <source>Earlier message</source>
        <translation>رسالة أقدم</translation>
    </message>
    <message>
        <source>Later message</source>
        <translation>رسالة أحدث</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>الانتقال إلى تاريخ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>ForwardPopup</name>
    <message>
        <source>Forward to</source>
        <translation>إعادة توجيه إلى</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>المحادثات</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>إعادة توجيه</translation>
    </message>
</context>
<context>
    <name>GeneralSettings</name>
    <message>
        <source>Keep running when the window is closed</source>
        <translation>مواصلة العمل عند إغلاق النافذة</translation>
    </message>
    <message>
        <source>You find Dunlin in the tray, and go on hearing of new messages.</source>
        <translation>تجد Dunlin في علبة النظام، وتستمر الإشعارات بالرسائل الجديدة.</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so closing the window quits Dunlin.</source>
        <translation>لا توجد علبة نظام على سطح المكتب هذا، لذا يؤدي إغلاق النافذة إلى إنهاء Dunlin.</translation>
    </message>
    <message>
        <source>Start when you log in</source>
        <translation>التشغيل عند الدخول إلى الحاسوب</translation>
    </message>
    <message>
        <source>The file for it cannot be written.</source>
        <translation>تتعذر كتابة الملف اللازم لذلك.</translation>
    </message>
    <message>
        <source>Start without the window</source>
        <translation>التشغيل بدون نافذة</translation>
    </message>
    <message>
        <source>Minimised, or in the tray where there is one.</source>
        <translation>مصغّرًا، أو في علبة النظام إن وُجدت.</translation>
    </message>
    <message>
        <source>Your session is kept in a file that only your account on this computer can read.</source>
        <translation>جلستك محفوظة في ملف لا يقرؤه إلا حسابك على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Your session is kept in the keychain of this computer.</source>
        <translation>جلستك محفوظة في سلسلة مفاتيح هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Move it to the keychain</source>
        <translation>نقلها إلى سلسلة المفاتيح</translation>
    </message>
</context>
<context>
    <name>KeychainCard</name>
    <message>
        <source>Your session on this computer is in it. Unlock it and try again, or sign in anew.</source>
        <translation>جلستك على هذا الحاسوب محفوظة فيها. افتح قفلها وحاول مجددًا، أو سجّل الدخول من جديد.</translation>
    </message>
    <message>
        <source>Dunlin can keep your session in a file instead, which only your account on this computer can read. It is not encrypted.</source>
        <translation>يمكن لـ Dunlin حفظ جلستك في ملف بدلًا من ذلك، لا يقرؤه إلا حسابك على هذا الحاسوب. الملف غير مشفّر.</translation>
    </message>
    <message>
        <source>Try the keychain again</source>
        <translation>إعادة محاولة سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>Keep it in a file</source>
        <translation>حفظها في ملف</translation>
    </message>
</context>
<context>
    <name>Keymap</name>
    <message>
        <source>New conversation</source>
        <translation>محادثة جديدة</translation>
    </message>
    <message>
        <source>Go to a person or conversation</source>
        <translation>الانتقال إلى شخص أو محادثة</translation>
    </message>
    <message>
        <source>Search people and messages</source>
        <translation>البحث عن أشخاص ورسائل</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>المحادثة التالية</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>المحادثة السابقة</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>إضافة صور</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>ملء الشاشة</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>إنهاء</translation>
    </message>
    <message>
        <source>Back, or close what is open</source>
        <translation>رجوع، أو إغلاق المفتوح</translation>
    </message>
    <message>
        <source>In the settings: this list</source>
        <translation>في الإعدادات: هذه القائمة</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>إرسال</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>سطر جديد</translation>
    </message>
    <message>
        <source>Paste text or pictures</source>
        <translation>لصق نص أو صور</translation>
    </message>
    <message>
        <source>Earlier and later photo</source>
        <translation>الصورة الأقدم والأحدث</translation>
    </message>
    <message>
        <source>Zoom in, out, all of it</source>
        <translation>تكبير، تصغير، الصورة كاملة</translation>
    </message>
    <message>
        <source>Save the photo</source>
        <translation>حفظ الصورة</translation>
    </message>
    <message>
        <source>Copy the photo</source>
        <translation>نسخ الصورة</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>في كل مكان</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>أثناء الكتابة</translation>
    </message>
    <message>
        <source>Looking at photos</source>
        <translation>أثناء عرض الصور</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>البحث في هذه المحادثة</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>الانتقال إلى تاريخ</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Dunlin</source>
        <translation>Dunlin</translation>
    </message>
    <message>
        <source>Waiting for your keychain</source>
        <translation>في انتظار سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>It may ask you for its password.</source>
        <translation>قد تطلب منك كلمة مرورها.</translation>
    </message>
    <message>
        <source>Your messages cannot be opened</source>
        <translation>يتعذر فتح رسائلك</translation>
    </message>
    <message>
        <source>The disk may be full, or another copy of Dunlin has this profile open. Nothing was deleted.</source>
        <translation>قد يكون القرص ممتلئًا، أو أن نسخة أخرى من Dunlin تستخدم هذا الملف الشخصي. لم يُحذف أي شيء.</translation>
    </message>
</context>
<context>
    <name>MessageBubble</name>
    <message>
        <source>You deleted this message</source>
        <translation>حذفتَ هذه الرسالة</translation>
    </message>
    <message>
        <source>This message was deleted</source>
        <translation>حُذفت هذه الرسالة</translation>
    </message>
    <message>
        <source>reply to %1</source>
        <translation>رد على %1</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>إعادة المحاولة</translation>
    </message>
</context>
<context>
    <name>MessageDelegate</name>
    <message>
        <source>New messages</source>
        <translation>رسائل جديدة</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>لا توجد رسائل بعد</translation>
    </message>
    <message>
        <source>Say hello to %1.</source>
        <translation>ألقِ التحية على %1.</translation>
    </message>
    <message>
        <source>To the newest message</source>
        <translation>إلى أحدث رسالة</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>تعديل</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>نسخ النص</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>إعادة توجيه</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>الحذف لدي</translation>
    </message>
    <message>
        <source>Delete for everyone</source>
        <translation>الحذف لدى الجميع</translation>
    </message>
    <message>
        <source>Delete unsent message</source>
        <translation>حذف الرسالة غير المرسلة</translation>
    </message>
    <message>
        <source>Unpin</source>
        <comment>a message</comment>
        <translation>إلغاء التثبيت</translation>
    </message>
    <message>
        <source>Pin</source>
        <comment>a message</comment>
        <translation>تثبيت</translation>
    </message>
    <message>
        <source>Select</source>
        <comment>a message</comment>
        <translation>تحديد</translation>
    </message>
    <message>
        <source>Show the answered message</source>
        <translation>عرض الرسالة المُجاب عنها</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>رسالة</translation>
    </message>
</context>
<context>
    <name>MessageMeta</name>
    <message>
        <source>edited</source>
        <comment>a message</comment>
        <translation>معدّلة</translation>
    </message>
    <message>
        <source>pinned</source>
        <comment>a message</comment>
        <translation>مثبّتة</translation>
    </message>
</context>
<context>
    <name>MessagePictures</name>
    <message>
        <source>Animation, open</source>
        <translation>صورة متحركة، فتح</translation>
    </message>
    <message>
        <source>Photo, open</source>
        <translation>صورة، فتح</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>أُرسل %1</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>عدم الإرسال</translation>
    </message>
</context>
<context>
    <name>MessageQuote</name>
    <message>
        <source>Reply to your message: %1</source>
        <translation>رد على رسالتك: %1</translation>
    </message>
    <message>
        <source>Reply to %1: %2</source>
        <translation>رد على %1: %2</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Deleted message</source>
        <translation>رسالة محذوفة</translation>
    </message>
    <message>
        <source>Earlier message</source>
        <translation>رسالة أقدم</translation>
    </message>
    <message>
        <source>Removed message</source>
        <translation>رسالة محذوفة</translation>
    </message>
</context>
<context>
    <name>NotificationSettings</name>
    <message>
        <source>Notify about new messages</source>
        <translation>الإشعار بالرسائل الجديدة</translation>
    </message>
    <message>
        <source>Muted conversations, and the one you are looking at, stay silent.</source>
        <translation>تبقى المحادثات المكتومة والمحادثة التي تعرضها صامتة.</translation>
    </message>
    <message>
        <source>Hide what messages say</source>
        <translation>إخفاء محتوى الرسائل</translation>
    </message>
    <message>
        <source>Notifications tell who wrote, and not what.</source>
        <translation>تعرض الإشعارات المرسِل دون نص الرسالة.</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>عدم الإزعاج</translation>
    </message>
    <message>
        <source>No notifications until you switch this off, here or in the tray.</source>
        <translation>لا إشعارات حتى توقف هذا الخيار، هنا أو في علبة النظام.</translation>
    </message>
</context>
<context>
    <name>PictureViewer</name>
    <message>
        <source>Photo from %1</source>
        <translation>صورة من %1</translation>
    </message>
    <message>
        <source>The picture cannot be loaded now. Dunlin tries again by itself.</source>
        <translation>يتعذر تحميل الصورة الآن. سيعيد Dunlin المحاولة تلقائيًا.</translation>
    </message>
    <message>
        <source>This picture is not there any more.</source>
        <translation>لم تعد هذه الصورة موجودة.</translation>
    </message>
    <message>
        <source>This picture is damaged.</source>
        <translation>هذه الصورة تالفة.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Earlier photo</source>
        <translation>صورة أقدم</translation>
    </message>
    <message>
        <source>Later photo</source>
        <translation>صورة أحدث</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>Photo</source>
        <translation>صورة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>لا صور</numerusform>
            <numerusform>صورة</numerusform>
            <numerusform>صورتان</numerusform>
            <numerusform>%Ln صور</numerusform>
            <numerusform>%Ln صورة</numerusform>
            <numerusform>%Ln صورة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinnedBar</name>
    <message>
        <source>Pinned message</source>
        <translation>رسالة مثبّتة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pinned messages</source>
        <translation>
            <numerusform>لا رسائل مثبّتة</numerusform>
            <numerusform>رسالة مثبّتة</numerusform>
            <numerusform>رسالتان مثبّتتان</numerusform>
            <numerusform>%Ln رسائل مثبّتة</numerusform>
            <numerusform>%Ln رسالة مثبّتة</numerusform>
            <numerusform>%Ln رسالة مثبّتة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacySettings</name>
    <message>
        <source>Read receipts</source>
        <translation>إيصالات القراءة</translation>
    </message>
    <message>
        <source>Others see when you have read their messages. Switched off, you do not see it of theirs either.</source>
        <translation>يرى الآخرون متى قرأت رسائلهم. عند الإيقاف لن ترى ذلك لديهم أيضًا.</translation>
    </message>
    <message>
        <source>Online and last seen</source>
        <translation>متصل وآخر ظهور</translation>
    </message>
    <message>
        <source>Others see when you are or were here. Switched off, you do not see it of them either.</source>
        <translation>يرى الآخرون متى تكون هنا أو كنت. عند الإيقاف لن ترى ذلك لديهم أيضًا.</translation>
    </message>
</context>
<context>
    <name>ProfileSettings</name>
    <message>
        <source>Colour %1</source>
        <translation>اللون %1</translation>
    </message>
    <message>
        <source>Change picture</source>
        <translation>تغيير الصورة</translation>
    </message>
    <message>
        <source>Remove picture</source>
        <translation>إزالة الصورة</translation>
    </message>
    <message>
        <source>Your name, as others see it</source>
        <translation>اسمك كما يراه الآخرون</translation>
    </message>
    <message>
        <source>About you</source>
        <translation>نبذة عنك</translation>
    </message>
    <message>
        <source>Save profile</source>
        <translation>حفظ الملف الشخصي</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>اللون</translation>
    </message>
</context>
<context>
    <name>ReactionBar</name>
    <message>
        <source>Thumbs up</source>
        <translation>إعجاب</translation>
    </message>
    <message>
        <source>Heart</source>
        <translation>قلب</translation>
    </message>
    <message>
        <source>Laughing</source>
        <translation>ضحك</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>مندهش</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>حزين</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>شكرًا</translation>
    </message>
    <message>
        <source>Reactions</source>
        <translation>التفاعلات</translation>
    </message>
    <message>
        <source>More reactions</source>
        <translation>المزيد من التفاعلات</translation>
    </message>
    <message>
        <source>%1, your reaction</source>
        <translation>%1، تفاعلك</translation>
    </message>
</context>
<context>
    <name>RetentionPopup</name>
    <message>
        <source>Retention</source>
        <translation>مدة الاحتفاظ</translation>
    </message>
    <message>
        <source>How long the messages of this conversation are kept. It holds for everyone in it.</source>
        <translation>مدة الاحتفاظ برسائل هذه المحادثة. تسري على جميع من فيها.</translation>
    </message>
    <message>
        <source>Delete such messages</source>
        <translation>حذف هذه الرسائل</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>SearchResults</name>
    <message>
        <source>Search results</source>
        <translation>نتائج البحث</translation>
    </message>
    <message>
        <source>Searching...</source>
        <translation>جارٍ البحث…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>لا توجد نتائج</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Select none</source>
        <translation>إلغاء التحديد</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <comment>messages</comment>
        <translation>
            <numerusform>لم تُحدد أي رسالة</numerusform>
            <numerusform>حُددت رسالة</numerusform>
            <numerusform>حُددت رسالتان</numerusform>
            <numerusform>حُددت %Ln رسائل</numerusform>
            <numerusform>حُددت %Ln رسالة</numerusform>
            <numerusform>حُددت %Ln رسالة</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>إعادة توجيه</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>الحذف لدي</translation>
    </message>
    <message>
        <source>Delete for everyone</source>
        <translation>الحذف لدى الجميع</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Profile</source>
        <translation>الملف الشخصي</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>General</source>
        <translation>عام</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>الخصوصية</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>الأجهزة</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>About</source>
        <translation>حول</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>الأقسام</translation>
    </message>
    <message>
        <source>Keys</source>
        <comment>of the keyboard</comment>
        <translation>اختصارات المفاتيح</translation>
    </message>
</context>
<context>
    <name>SignOutSection</name>
    <message>
        <source>Sign out of this device</source>
        <translation>تسجيل الخروج من هذا الجهاز</translation>
    </message>
    <message>
        <source>Sign out and delete what is here?</source>
        <translation>تسجيل الخروج وحذف كل ما هنا؟</translation>
    </message>
    <message>
        <source>Messages, pictures and drafts are deleted from this computer. The server keeps your conversations, and you find them again when you sign in.</source>
        <translation>تُحذف الرسائل والصور والمسودات من هذا الحاسوب. يحتفظ الخادم بمحادثاتك، وتجدها مجددًا عند تسجيل الدخول.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages are not sent yet and would be lost.</source>
        <translation>
            <numerusform>لا رسائل في انتظار الإرسال.</numerusform>
            <numerusform>رسالة واحدة لم تُرسل بعد وستُفقد.</numerusform>
            <numerusform>رسالتان لم تُرسلا بعد وستُفقدان.</numerusform>
            <numerusform>%Ln رسائل لم تُرسل بعد وستُفقد.</numerusform>
            <numerusform>%Ln رسالة لم تُرسل بعد وستُفقد.</numerusform>
            <numerusform>%Ln رسالة لم تُرسل بعد وستُفقد.</numerusform>
        </translation>
    </message>
    <message>
        <source>One moment...</source>
        <translation>لحظة من فضلك…</translation>
    </message>
    <message>
        <source>Sign out and delete</source>
        <translation>تسجيل الخروج والحذف</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>StatusTicks</name>
    <message>
        <source>Waiting to be sent</source>
        <translation>في انتظار الإرسال</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>لم تُرسل</translation>
    </message>
    <message>
        <source>Sent</source>
        <comment>a message</comment>
        <translation>مُرسلة</translation>
    </message>
    <message>
        <source>Delivered</source>
        <comment>a message</comment>
        <translation>تم التسليم</translation>
    </message>
    <message>
        <source>Read</source>
        <comment>a message</comment>
        <translation>مقروءة</translation>
    </message>
</context>
<context>
    <name>StorageSettings</name>
    <message>
        <source>On this device</source>
        <translation>على هذا الجهاز</translation>
    </message>
    <message>
        <source>Messages and people</source>
        <translation>الرسائل والأشخاص</translation>
    </message>
    <message>
        <source>Pictures you have looked at</source>
        <translation>الصور التي شاهدتها</translation>
    </message>
    <message>
        <source>Pictures that wait to be sent</source>
        <translation>الصور التي تنتظر الإرسال</translation>
    </message>
    <message>
        <source>Remove the pictures from this device</source>
        <translation>إزالة الصور من هذا الجهاز</translation>
    </message>
    <message>
        <source>They stay on the server and are fetched again when you look at them.</source>
        <translation>تبقى على الخادم وتُحمّل مجددًا عند عرضها.</translation>
    </message>
    <message>
        <source>Export my data</source>
        <translation>تصدير بياناتي</translation>
    </message>
    <message>
        <source>A folder with your profile, conversations and pictures: pages for your browser, and the same as JSON for other programs.</source>
        <translation>مجلد يضم ملفك الشخصي ومحادثاتك وصورك: صفحات لمتصفحك، والمحتوى نفسه بصيغة JSON للبرامج الأخرى.</translation>
    </message>
    <message>
        <source>Exporting, %1</source>
        <translation>جارٍ التصدير، %1</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>اختيار مجلد</translation>
    </message>
    <message>
        <source>Where to put the export</source>
        <translation>أين يُحفظ التصدير</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>فتح</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>Yesterday</source>
        <translation>أمس</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>online</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>last seen just now</source>
        <translation>آخر ظهور قبل لحظات</translation>
    </message>
    <message numerus="yes">
        <source>last seen %Ln minutes ago</source>
        <translation>
            <numerusform>آخر ظهور قبل لحظات</numerusform>
            <numerusform>آخر ظهور قبل دقيقة</numerusform>
            <numerusform>آخر ظهور قبل دقيقتين</numerusform>
            <numerusform>آخر ظهور قبل %Ln دقائق</numerusform>
            <numerusform>آخر ظهور قبل %Ln دقيقة</numerusform>
            <numerusform>آخر ظهور قبل %Ln دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>last seen today at %1</source>
        <translation>آخر ظهور اليوم %1</translation>
    </message>
    <message>
        <source>last seen yesterday at %1</source>
        <translation>آخر ظهور أمس %1</translation>
    </message>
    <message>
        <source>last seen %1</source>
        <translation>آخر ظهور %1</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>QLocale&apos;s format of 3 March</comment>
        <translation>d MMMM</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>QLocale&apos;s format of 3 Mar</comment>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>QLocale&apos;s format of 3 March 2024</comment>
        <translation>d MMMM yyyy</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>QLocale&apos;s format of 3 Mar 2024</comment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>Deleted account</source>
        <translation>حساب محذوف</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message numerus="yes">
        <source>%Ln messages deleted</source>
        <translation>
            <numerusform>لم تُحذف أي رسالة</numerusform>
            <numerusform>حُذفت رسالة</numerusform>
            <numerusform>حُذفت رسالتان</numerusform>
            <numerusform>حُذفت %Ln رسائل</numerusform>
            <numerusform>حُذفت %Ln رسالة</numerusform>
            <numerusform>حُذفت %Ln رسالة</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Create your account</source>
        <translation>إنشاء حسابك</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>الخادم</translation>
    </message>
    <message>
        <source>chat.example.org</source>
        <translation>chat.example.org</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>اسم المستخدم</translation>
    </message>
    <message>
        <source>Your name, as others see it</source>
        <translation>اسمك كما يراه الآخرون</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>كلمة المرور</translation>
    </message>
    <message>
        <source>One moment...</source>
        <translation>لحظة من فضلك…</translation>
    </message>
    <message>
        <source>Create account</source>
        <translation>إنشاء الحساب</translation>
    </message>
    <message>
        <source>I have an account: sign in</source>
        <translation>لدي حساب: تسجيل الدخول</translation>
    </message>
    <message>
        <source>Create a new account</source>
        <translation>إنشاء حساب جديد</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>%1 %</source>
        <extracomment>A part of a hundred, such as 80 %.</extracomment>
        <translation>%1٪</translation>
    </message>
</context>
<context>
    <name>dunlin::client::AppController</name>
    <message>
        <source>The copy of your messages on this computer was damaged. It is being loaded from the server again.</source>
        <translation>كانت نسخة رسائلك على هذا الحاسوب تالفة. يجري تحميلها من الخادم مجددًا.</translation>
    </message>
    <message>
        <source>Connecting...</source>
        <translation>جارٍ الاتصال…</translation>
    </message>
    <message>
        <source>Offline. Messages will be sent when you are back.</source>
        <translation>غير متصل. ستُرسل الرسائل عند عودة الاتصال.</translation>
    </message>
    <message>
        <source>Enter the address of a server, such as chat.example.org.</source>
        <translation>أدخل عنوان خادم، مثل chat.example.org.</translation>
    </message>
    <message>
        <source>Enter a user name.</source>
        <translation>أدخل اسم مستخدم.</translation>
    </message>
    <message>
        <source>Enter a password.</source>
        <translation>أدخل كلمة مرور.</translation>
    </message>
    <message>
        <source>Profile saved</source>
        <translation>حُفظ الملف الشخصي</translation>
    </message>
    <message>
        <source>The server could not prove that it is yours, so Dunlin does not connect to it. In a public network, sign in to the network first. Otherwise ask whoever runs the server about its certificate.</source>
        <translation>لم يتمكن الخادم من إثبات أنه خادمك، لذا لا يتصل به Dunlin. في شبكة عامة، سجّل الدخول إلى الشبكة أولًا. وإلا فاسأل القائم على الخادم عن شهادته.</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check the address and your network.</source>
        <translation>يتعذر الوصول إلى الخادم. تحقق من العنوان ومن شبكتك.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::AttachmentListModel</name>
    <message numerus="yes">
        <source>Only %Ln pictures can be sent at once.</source>
        <translation>
            <numerusform>لا يمكن إرسال صور.</numerusform>
            <numerusform>يمكن إرسال صورة واحدة فقط في المرة.</numerusform>
            <numerusform>يمكن إرسال صورتين فقط في المرة.</numerusform>
            <numerusform>يمكن إرسال %Ln صور فقط في المرة.</numerusform>
            <numerusform>يمكن إرسال %Ln صورة فقط في المرة.</numerusform>
            <numerusform>يمكن إرسال %Ln صورة فقط في المرة.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not on this computer. Save it first.</source>
        <translation>%1 ليس على هذا الحاسوب. احفظه أولًا.</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>الصورة</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>تتعذر قراءة %1.</translation>
    </message>
    <message>
        <source>%1 is not a picture that can be sent. Use JPEG, PNG, WebP or GIF.</source>
        <translation>%1 ليس صورة يمكن إرسالها. استخدم JPEG أو PNG أو WebP أو GIF.</translation>
    </message>
    <message>
        <source>%1 is damaged.</source>
        <translation>%1: ملف تالف.</translation>
    </message>
    <message>
        <source>%1 has too many pixels. Up to 64 million can be sent.</source>
        <translation>%1: عدد البكسلات كبير جدًا. يمكن إرسال 64 مليونًا كحد أقصى.</translation>
    </message>
    <message>
        <source>%1 is too large. Up to 25 MB can be sent.</source>
        <translation>%1: الحجم كبير جدًا. يمكن إرسال 25 ميغابايت كحد أقصى.</translation>
    </message>
    <message>
        <source>There is no room left on this computer for %1.</source>
        <translation>لا توجد مساحة كافية على هذا الحاسوب لـ %1.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::ComposerController</name>
    <message>
        <source>Edit message</source>
        <translation>تعديل الرسالة</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>Reply to your message</source>
        <translation>رد على رسالتك</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>رد على %1</translation>
    </message>
    <message>
        <source>There is no room left on this computer&apos;s disk.</source>
        <translation>لا توجد مساحة متبقية على قرص هذا الحاسوب.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::ConversationController</name>
    <message>
        <source>typing...</source>
        <translation>يكتب…</translation>
    </message>
</context>
<context>
    <name>dunlin::client::DeleteAccountController</name>
    <message>
        <source>This is not the password of your account.</source>
        <translation>هذه ليست كلمة مرور حسابك.</translation>
    </message>
    <message>
        <source>Your account is deleted.</source>
        <translation>حُذف حسابك.</translation>
    </message>
    <message>
        <source>Your account is deleted, but not everything of it could be deleted here.</source>
        <translation>حُذف حسابك، لكن تعذّر حذف كل ما يخصه هنا.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::DesktopIntegration</name>
    <message>
        <source>Dunlin keeps running</source>
        <translation>Dunlin يواصل العمل</translation>
    </message>
    <message>
        <source>You find it in the tray, and can quit it there.</source>
        <translation>تجده في علبة النظام، ويمكنك إنهاؤه من هناك.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::DeviceListModel</name>
    <message>
        <source>This device</source>
        <translation>هذا الجهاز</translation>
    </message>
    <message>
        <source>Online now</source>
        <translation>متصل الآن</translation>
    </message>
    <message>
        <source>Last active %1</source>
        <translation>آخر نشاط: %1</translation>
    </message>
</context>
<context>
    <name>dunlin::client::EmojiModel</name>
    <message>
        <source>Smileys and emotion</source>
        <translation>الوجوه والمشاعر</translation>
    </message>
    <message>
        <source>People and body</source>
        <translation>الأشخاص والجسم</translation>
    </message>
    <message>
        <source>Animals and nature</source>
        <translation>الحيوانات والطبيعة</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <translation>الطعام والشراب</translation>
    </message>
    <message>
        <source>Travel and places</source>
        <translation>السفر والأماكن</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>الأنشطة</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>الأشياء</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>الرموز</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>الأعلام</translation>
    </message>
    <message>
        <source>Used lately</source>
        <translation>المستخدمة مؤخرًا</translation>
    </message>
</context>
<context>
    <name>dunlin::client::FilePicker</name>
    <message>
        <source>Choose pictures</source>
        <translation>اختيار صور</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>اختيار صورة</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>الصور</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>كل الملفات</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>حفظ الصورة</translation>
    </message>
</context>
<context>
    <name>dunlin::client::FindController</name>
    <message>
        <source>Nothing found</source>
        <translation>لا توجد نتائج</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <extracomment>Which of the messages that were found is shown, and how many there are.</extracomment>
        <translation>%L1 من %L2</translation>
    </message>
</context>
<context>
    <name>dunlin::client::KeychainController</name>
    <message>
        <source>No keychain answers on this computer.</source>
        <translation>لا تستجيب أي سلسلة مفاتيح على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Your keychain is locked.</source>
        <translation>سلسلة مفاتيحك مقفلة.</translation>
    </message>
    <message>
        <source>Your keychain cannot be used at the moment.</source>
        <translation>يتعذر استخدام سلسلة مفاتيحك حاليًا.</translation>
    </message>
    <message>
        <source>The disk is full, or the folder of this profile cannot be written.</source>
        <translation>القرص ممتلئ، أو تتعذر الكتابة في مجلد هذا الملف الشخصي.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::LanguageController</name>
    <message>
        <source>Follow the system</source>
        <extracomment>Of a language: that of the system.</extracomment>
        <translation>حسب النظام</translation>
    </message>
</context>
<context>
    <name>dunlin::client::LinkOpener</name>
    <message>
        <source>This link is not one that Dunlin knows.</source>
        <translation>لا يعرف Dunlin هذا الرابط.</translation>
    </message>
    <message>
        <source>Nobody on this server is called %1.</source>
        <translation>لا أحد على هذا الخادم باسم %1.</translation>
    </message>
    <message>
        <source>This conversation is not one of yours.</source>
        <translation>هذه المحادثة ليست من محادثاتك.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::MessageActions</name>
    <message>
        <source>%1, %2:
%3</source>
        <extracomment>Who, when, and what; for the clipboard.</extracomment>
        <translation>%1، %2:
%3</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>تم النسخ</translation>
    </message>
    <message>
        <source>Forwarded</source>
        <translation>تمت إعادة التوجيه</translation>
    </message>
</context>
<context>
    <name>dunlin::client::MessageListModel</name>
    <message>
        <source>Forwarded from you</source>
        <translation>معاد توجيهها منك</translation>
    </message>
    <message>
        <source>Forwarded from %1</source>
        <translation>معاد توجيهها من %1</translation>
    </message>
    <message>
        <source>You</source>
        <translation>أنت</translation>
    </message>
    <message>
        <source>Someone</source>
        <translation>شخص ما</translation>
    </message>
</context>
<context>
    <name>dunlin::client::MessageNotifier</name>
    <message>
        <source>New message</source>
        <translation>رسالة جديدة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new messages</source>
        <translation>
            <numerusform>لا رسائل جديدة</numerusform>
            <numerusform>رسالة جديدة</numerusform>
            <numerusform>رسالتان جديدتان</numerusform>
            <numerusform>%Ln رسائل جديدة</numerusform>
            <numerusform>%Ln رسالة جديدة</numerusform>
            <numerusform>%Ln رسالة جديدة</numerusform>
        </translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>رسائل جديدة</translation>
    </message>
    <message numerus="yes">
        <source>In %Ln conversations</source>
        <translation>
            <numerusform>في المحادثات</numerusform>
            <numerusform>في محادثة واحدة</numerusform>
            <numerusform>في محادثتين</numerusform>
            <numerusform>في %Ln محادثات</numerusform>
            <numerusform>في %Ln محادثة</numerusform>
            <numerusform>في %Ln محادثة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dunlin::client::NotificationService</name>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>تعليم كمقروءة</translation>
    </message>
</context>
<context>
    <name>dunlin::client::RetentionController</name>
    <message>
        <source>1 year</source>
        <translation>سنة</translation>
    </message>
    <message>
        <source>Messages are deleted after %1</source>
        <translation>تُحذف الرسائل بعد %1</translation>
    </message>
    <message>
        <source>Messages are kept on devices only</source>
        <translation>تُحفظ الرسائل على الأجهزة فقط</translation>
    </message>
    <message>
        <source>This server deletes all messages after %1.</source>
        <translation>يحذف هذا الخادم كل الرسائل بعد %1.</translation>
    </message>
    <message>
        <source>This server keeps messages only until everyone has them.</source>
        <translation>يحتفظ هذا الخادم بالرسائل إلى أن تصل إلى الجميع فقط.</translation>
    </message>
    <message>
        <source>Until deleted</source>
        <comment>how long messages are kept</comment>
        <translation>إلى أن تُحذف</translation>
    </message>
    <message>
        <source>On devices only</source>
        <comment>how long messages are kept</comment>
        <translation>على الأجهزة فقط</translation>
    </message>
    <message>
        <source>Messages that are older than %1 are deleted now, for everyone and from all devices. The others follow when they are as old.</source>
        <translation>تُحذف الآن الرسائل الأقدم من %1 لدى الجميع ومن كل الأجهزة. وتُحذف البقية حين تبلغ هذا العمر.</translation>
    </message>
    <message>
        <source>Messages are deleted from the server once all devices of everyone here have them. A device that signs in later does not find them.</source>
        <translation>تُحذف الرسائل من الخادم حين تصل إلى كل أجهزة الجميع هنا. ولن يجدها جهاز يسجّل الدخول لاحقًا.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln weeks</source>
        <translation>
            <numerusform>أقل من أسبوع</numerusform>
            <numerusform>أسبوع</numerusform>
            <numerusform>أسبوعين</numerusform>
            <numerusform>%Ln أسابيع</numerusform>
            <numerusform>%Ln أسبوعًا</numerusform>
            <numerusform>%Ln أسبوع</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>أقل من يوم</numerusform>
            <numerusform>يوم</numerusform>
            <numerusform>يومين</numerusform>
            <numerusform>%Ln أيام</numerusform>
            <numerusform>%Ln يومًا</numerusform>
            <numerusform>%Ln يوم</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dunlin::client::SearchModel</name>
    <message>
        <source>People</source>
        <translation>الأشخاص</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>المحادثات</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>Offline. People can be found when you are back.</source>
        <translation>غير متصل. يمكن العثور على الأشخاص عند عودة الاتصال.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::SignOutController</name>
    <message>
        <source>You are signed out, but not everything could be deleted here.</source>
        <translation>سُجّل خروجك، لكن تعذر حذف كل شيء هنا.</translation>
    </message>
    <message>
        <source>You are signed out here. The server could not be told: remove this device in the settings of another one.</source>
        <translation>سُجّل خروجك هنا. تعذر إبلاغ الخادم: أزل هذا الجهاز من إعدادات جهاز آخر.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::StorageController</name>
    <message>
        <source>The export cannot be written. Is there room in that folder, and may you write to it?</source>
        <translation>تتعذر كتابة التصدير. هل توجد مساحة في ذلك المجلد، وهل يُسمح لك بالكتابة فيه؟</translation>
    </message>
    <message>
        <source>Messages: %1, conversations: %2, pictures: %3. They are in %4.</source>
        <translation>الرسائل: %1، المحادثات: %2، الصور: %3. تجدها في %4.</translation>
    </message>
    <message>
        <source>Stopped before the end.</source>
        <translation>أُوقف قبل النهاية.</translation>
    </message>
    <message>
        <source>Some of it is only on the server and was left out: export again while you are online.</source>
        <translation>بعضها موجود على الخادم فقط ولم يُضمّن: صدّر مجددًا وأنت متصل.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::TrayIcon</name>
    <message>
        <source>Open Dunlin</source>
        <translation>فتح Dunlin</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>عدم الإزعاج</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>إنهاء</translation>
    </message>
    <message numerus="yes">
        <source>Dunlin, %Ln unread conversations</source>
        <translation>
            <numerusform>Dunlin، لا محادثات غير مقروءة</numerusform>
            <numerusform>Dunlin، محادثة غير مقروءة</numerusform>
            <numerusform>Dunlin، محادثتان غير مقروءتين</numerusform>
            <numerusform>Dunlin، %Ln محادثات غير مقروءة</numerusform>
            <numerusform>Dunlin، %Ln محادثة غير مقروءة</numerusform>
            <numerusform>Dunlin، %Ln محادثة غير مقروءة</numerusform>
        </translation>
    </message>
    <message>
        <source>Dunlin</source>
        <translation>Dunlin</translation>
    </message>
</context>
<context>
    <name>dunlin::client::ViewerController</name>
    <message>
        <source>Saved to %1</source>
        <translation>حُفظت في %1</translation>
    </message>
    <message>
        <source>The picture cannot be saved there. Choose another folder.</source>
        <translation>يتعذر حفظ الصورة هناك. اختر مجلدًا آخر.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>تم النسخ</translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation>الصورة تالفة.</translation>
    </message>
</context>
</TS>
