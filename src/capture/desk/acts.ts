import type { Act } from './act.ts';
import { closeQuestion } from './close-question.ts';
import { answerQuestion, replyToComment, shortenComment } from './conversation-acts.ts';
import { decideComment } from './decide-comment.ts';
import { changeLead, erasePerson } from './lead-acts.ts';
import { discardMail, retryMail } from './mail-acts.ts';
import {
  keepIssueBack,
  listIssue,
  pauseSending,
  resumeSending,
  sendIssue,
  testIssue,
  unlistIssue,
  writeIssue,
} from './newsletter-acts.ts';
import { addPasskey } from './passkeys.ts';
import { endOtherSessions, endSession, removePasskey, signOut } from './sign-in-acts.ts';

/** Every act of the desk, by the name that its form sends; the door does nothing that is not here. */
export const acts: Readonly<Record<string, Act>> = {
  'sign out': { takes: 'sign-in', act: signOut },
  'end session': { takes: 'sign-in', act: endSession },
  'end other sessions': { takes: 'sign-in', act: endOtherSessions },
  'add passkey': { takes: 'sign-in', act: addPasskey },
  'remove passkey': { takes: 'sign-in', act: removePasskey },
  'decide comment': { takes: 'conversation', act: decideComment },
  'reply to comment': { takes: 'reply', act: replyToComment },
  'shorten comment': { takes: 'conversation', act: shortenComment },
  'answer question': { takes: 'questions', act: answerQuestion },
  'write issue': { takes: 'newsletter', act: writeIssue },
  'test issue': { takes: 'newsletter', act: testIssue },
  'send issue': { takes: 'newsletter', act: sendIssue },
  'pause issue': { takes: 'newsletter', act: pauseSending },
  'resume issue': { takes: 'newsletter', act: resumeSending },
  'keep issue back': { takes: 'newsletter', act: keepIssueBack },
  'list issue': { takes: 'newsletter', act: listIssue },
  'unlist issue': { takes: 'newsletter', act: unlistIssue },
  'change lead': { takes: 'leads', act: changeLead },
  'erase person': { takes: 'all leads', act: erasePerson },
  'close question': { takes: 'questions', act: closeQuestion },
  'retry mail': { takes: 'system', act: retryMail },
  'discard mail': { takes: 'system', act: discardMail },
};
