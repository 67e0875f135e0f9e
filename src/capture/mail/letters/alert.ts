import type { AlertLetter } from '#capture/mail/letter-facts.ts';
import { counted } from '#site/count.ts';
import { url } from '#site/url.ts';
import { links, type Block, type Letter, type MailContext } from './letter.ts';

const titles: Record<AlertLetter['problems'][number]['kind'], string> = {
  'dead-letters': 'Dead letters',
  queue: 'The queue',
  disk: 'The disk',
  build: 'The build',
  backup: 'The backup',
  'mail-server': 'The mail server',
};

/** Reports to an owner all that is wrong with the server, and how to fix it; or that nothing is any more. */
export function alertLetter({ mail, problems, hasDesk }: AlertLetter, mailContext: MailContext): Letter {
  const { title } = mailContext.site;
  const names = problems.map(({ kind }) => titles[kind]).join(', ');
  const to = links(mailContext);
  const isWell = mail === 'all-well';
  return {
    subject: isWell
      ? `All is well again with ${title}`
      : `${title}: ${counted(problems.length, 'thing')} to look after (${names})`,
    preview: isWell ? names : (problems[0]?.what ?? ''),
    label: 'The server',
    heading: isWell ? 'All is well again' : `${counted(problems.length, 'thing')} to look after`,
    blocks: [
      ...problems.flatMap(({ kind, what, fix, since, endedAt }): Block[] => [
        {
          kind: 'facts',
          facts: [
            titles[kind],
            `since ${moment(since)}`,
            ...(isWell && endedAt !== null ? [`until ${moment(endedAt)}`] : []),
          ],
        },
        { kind: 'text', text: isWell ? `It was: ${what}` : what },
        ...(isWell ? [] : [{ kind: 'text' as const, text: fix }]),
      ]),
      hasDesk
        ? { kind: 'button', text: 'Open the desk', url: to.page(url.deskSystem) }
        : { kind: 'button', text: `Open ${title}`, url: mailContext.base.href },
    ],
    why: [
      {
        kind: 'text',
        text: `You get this because you look after the server of ${title}. It comes at most once a day for each of these, and once when all is well again.`,
      },
    ],
    nature: 'answer',
  };
}

const moment = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
