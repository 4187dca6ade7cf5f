// The words around a chat, in the language of the person who holds the phone; the page itself speaks English.

const WORDS = {
  en: {
    message: "Message", send: "Send", attach: "Attach", commands: "Commands", start: "Start", restart: "Unblock the bot",
    edited: "edited", edit: "Edit", reply: "Reply", copy: "Copy text", cancel: "Cancel", more: "More", editing: "Editing",
    typing: "typing…", newMessages: "New messages", document: "Document", photo: "Photo", contact: "Own contact",
    other: "Someone's contact", location: "Location", voice: "Voice note", sticker: "Sticker", forward: "Forwarded text",
    block: "Block the bot", you: "You", what: "What can this bot do?", bot: "bot", noCommands: "The bot has set no commands.",
    gone: "This account is deleted.", forwarded: "Forwarded from", actions: "Message actions", ok: "OK", download: "Download",
    expand: "Show more", poll: "Poll",
  },
  ar: {
    message: "رسالة", send: "إرسال", attach: "إرفاق", commands: "الأوامر", start: "ابدأ", restart: "إلغاء حظر البوت",
    edited: "معدَّلة", edit: "تعديل", reply: "رد", copy: "نسخ النص", cancel: "إلغاء", more: "المزيد", editing: "تعديل",
    typing: "يكتب…", newMessages: "رسائل جديدة", document: "مستند", photo: "صورة", contact: "جهة اتصالي",
    other: "جهة اتصال أخرى", location: "الموقع", voice: "رسالة صوتية", sticker: "ملصق", forward: "نص محوَّل",
    block: "حظر البوت", you: "أنت", what: "ماذا يمكن لهذا البوت أن يفعل؟", bot: "بوت", noCommands: "لم يحدد البوت أي أوامر.",
    gone: "حُذف هذا الحساب.", forwarded: "محوَّلة من", actions: "خيارات الرسالة", ok: "حسنًا", download: "تنزيل",
    expand: "عرض المزيد", poll: "استطلاع",
  },
  fr: {
    message: "Message", send: "Envoyer", attach: "Joindre", commands: "Commandes", start: "Démarrer", restart: "Débloquer le bot",
    edited: "modifié", edit: "Modifier", reply: "Répondre", copy: "Copier le texte", cancel: "Annuler", more: "Plus",
    editing: "Modification", typing: "écrit…", newMessages: "Nouveaux messages", document: "Document", photo: "Photo",
    contact: "Mon contact", other: "Un autre contact", location: "Position", voice: "Message vocal", sticker: "Autocollant",
    forward: "Texte transféré", block: "Bloquer le bot", you: "Vous", what: "Que peut faire ce bot ?", bot: "bot",
    noCommands: "Le bot n’a défini aucune commande.", gone: "Ce compte est supprimé.", forwarded: "Transféré de",
    actions: "Actions du message", ok: "OK", download: "Télécharger", expand: "Afficher plus", poll: "Sondage",
  },
};

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

export function language(person) {
  return (person.language_code || "en").slice(0, 2).toLowerCase();
}

export function words(person) {
  return WORDS[language(person)] || WORDS.en;
}

export function direction(person) {
  return RIGHT_TO_LEFT.has(language(person)) ? "rtl" : "ltr";
}
