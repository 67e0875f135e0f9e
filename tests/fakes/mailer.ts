import type { Mail, Mailer } from '#capture/mail/mailer.ts';

/** Takes every mail, or answers as it is told. */
export function fakeMailer(answer: (mail: Mail) => Promise<void> = async () => {}) {
  const tried: Mail[] = [];
  const taken: Mail[] = [];
  const mailer: Mailer = {
    async send(mail) {
      tried.push(mail);
      await answer(mail);
      taken.push(mail);
    },
    async check() {},
    async close() {},
  };
  return { mailer, tried, taken };
}
