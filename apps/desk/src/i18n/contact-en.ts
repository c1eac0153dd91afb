/** English texts of the page on which people say how the house reaches them. */
export const contactEn = {
  preferences: {
    title: 'Notices and calendar',
    lead: 'How reminders of deadlines reach you, besides here on the desk.',
    mail: 'Mail',
    noMail: 'This installation sends no mail',
    noMailText:
      'Notices stay on the desk. You can already give your address: it will serve once the operator sets up mail.',
    email: 'Mail address',
    emailHelp:
      'The one at work. Messages say the code of the case, the body, the dates and a link only: never names. Empty: no messages.',
    delivery: 'When to send notices',
    deliveries: {
      immediate: 'As they come',
      digest: 'Once a day',
      off: 'Never by mail',
    },
    deliveriesText: {
      immediate: 'In office hours: working days from 8 to 18. The rest waits for the opening.',
      digest:
        'A digest at 8 on working days, the most urgent case first. Calls to act come at once all the same, in office hours.',
      off: 'Notices stay on the desk only.',
    },
    peremptory: 'Peremptory terms always tell you',
    peremptoryText:
      'When a peremptory term expires the power to act is lost: the notice leaves at once, at any hour, whatever is chosen above. When you are absent, your substitute gets it.',
    save: 'Save',
    saved: 'Saved',
    noAddress: 'You have given no address',
    noAddressText: 'The notices of peremptory terms, too, stay on the desk only.',
    test: 'Test',
    testText: 'Send a test message to {{email}} to see whether it arrives.',
    sendTest: 'Send a test message',
    tested: {
      accepted: 'The mail server took the message: look into your mailbox',
      refused: 'The mail server refuses this address or this message',
      later: 'The mail server does not take it now: try later, or tell the operator',
    },
  },
  feeds: {
    title: 'Calendars',
    text: 'A secret address for your calendar program: it shows the running deadlines that you may see, with the safe and the legal date, for the next 18 months.',
    none: 'No calendar',
    name: 'Name',
    defaultName: 'My deadlines',
    scope: 'Deadlines of',
    mine: 'The cases that I work on',
    ofBody: 'All that I see: {{body}}',
    created: 'Made',
    new: 'New calendar',
    create: 'Make the address',
    made: 'Calendar “{{name}}” is made',
    once: 'Copy the address now: to be safe it is not kept and cannot be seen again. Whoever knows it reads the deadlines without signing in: do not pass it on.',
    address: 'Address of the calendar',
    copy: 'Copy',
    copied: 'Copied',
    revoke: 'Revoke',
    revokeTitle: 'Revoke “{{name}}”?',
    revokeText:
      'The address stops working at once in all programs that use it. It cannot be brought back: another one can be made.',
  },
};
