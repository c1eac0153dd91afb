import type { accessibilityIt } from './accessibility-it.ts';

/** What the desk says of its own accessibility: what was looked at, what is missing, what stands in its place. */
export const accessibilityEn: typeof accessibilityIt = {
  accessibility: {
    title: 'Accessibility',
    lead: 'What people can do who use a keyboard, a screen reader or magnification, what the program cannot do yet, and what stands in its place.',
    official: 'Accessibility statement of the body',
    officialText: 'The official statement, on AgID’s form, is published by the body that runs this service:',
    officialMissing:
      'The body that runs this service has not said yet where its statement is (ITER_ACCESSIBILITY_STATEMENT_URL). This page describes the program and does not replace it.',
    state: 'Conformity',
    stateText:
      'The program conforms in part to WCAG 2.2, level AA, and to EN 301 549: with the exceptions listed below.',
    how: 'How it was checked',
    howText: [
      'Every page is checked automatically with axe-core, in Chromium, at 320 and 1280 pixels, for every release: no violation.',
      'The main journeys are tried with the keyboard alone. Pages are read at 320 pixels, as at a zoom of 400 %, without scrolling sideways.',
      'It was not yet tried by people who use assistive technology, nor verified by others: which is why this page does not say “fully conformant”.',
    ],
    diagram: 'The diagram of the procedure',
    diagramText:
      'The drawing is an interactive image made by another’s library (bpmn.io). This is what it cannot do, and what is used instead:',
    gaps: [
      {
        gap: 'A screen reader does not read its shapes and arrows, and the keyboard does not move from one to the next.',
        instead:
          'Beside the drawing is the list of steps: the same information in the order of the procedure, with the state of each, how often it was passed, and what comes next.',
      },
      {
        gap: 'In the drawing the state of steps is given by colours and widths as well.',
        instead: 'In the list the state is written in words: done, under way, broken off, not reached yet.',
      },
      {
        gap: 'The drawing does not lay itself out anew on narrow screens: it is moved and zoomed.',
        instead: 'The list of steps fits every width and every zoom.',
      },
      {
        gap: 'Texts in the drawing do not follow the spacing chosen in the browser.',
        instead: 'In the list they do.',
      },
      {
        gap: 'Moving and zooming the drawing takes a mouse or fingers.',
        instead: 'Every act of the procedure has a button outside the drawing.',
      },
    ],
    others: 'Other known limits',
    othersText: [
      'Documents that people upload (PDFs, photographs, messages) are as accessible as they were.',
      'Acts that the program drafts are PDF/A-2a with tagged structure, each with its DOCX beside it; conformity to PDF/UA was not verified.',
      'The documentation for programmers (/api/docs) is made by another’s library.',
    ],
    feedback: 'Reporting a barrier',
    feedbackText:
      'Write to this address, saying which page it is and what you cannot do; the law gives the body thirty days to answer (art. 3-quinquies of Law 4/2004):',
    feedbackMissing:
      'The body has not named an address yet (ITER_ACCESSIBILITY_FEEDBACK_EMAIL): please ask at the desk.',
    enforcement: 'When the answer is missing or not enough',
    enforcementText:
      'People may turn to the Digital Ombudsman (Difensore civico per il digitale), at AgID, by the procedure of Italian law 4 of 9 January 2004.',
    keyboard: 'Keyboard shortcuts',
    keyboardText:
      'The question mark opens the help, where shortcuts of a single key can be turned off. With the reduced motion of the operating system animations stop.',
    prepared: 'Page prepared on {{date}} for version {{version}}, by self-assessment.',
  },
};
