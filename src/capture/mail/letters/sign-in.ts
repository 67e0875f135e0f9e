import type { SignInLetter } from '#capture/mail/letter-facts.ts';
import { signInMinutes } from '#site/desk.ts';
import { url } from '#site/url.ts';
import { links, type Letter, type MailContext } from './letter.ts';

/** Brings the link that signs in to the desk. Opening it does nothing yet: scanners of mail follow links. */
export function signInLetter({ link }: SignInLetter, mailContext: MailContext): Letter {
  const { title } = mailContext.site;
  return {
    subject: `Sign in to the desk of ${title}`,
    preview: 'One click on the page that opens, in the browser that asked.',
    label: 'The desk',
    heading: 'Sign in to the desk',
    blocks: [
      { kind: 'text', text: `Somebody asked to sign in to the desk of ${title} with this address. If it was you:` },
      { kind: 'button', text: 'Open the desk', url: links(mailContext).page(url.deskConfirm(link)) },
      { kind: 'facts', facts: [`Good for ${signInMinutes} minutes`, 'once', 'in the browser that asked'] },
    ],
    why: [
      {
        kind: 'text',
        text: 'If it was not you, do nothing: without your browser the link opens nothing, and nobody was let in.',
      },
    ],
    nature: 'answer',
  };
}
