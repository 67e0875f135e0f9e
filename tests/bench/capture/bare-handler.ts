import { createServer } from 'node:http';

/** The limit that any server on Node has: reads the form and answers 303. */
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(303, { Location: '/forms/inbox/' }).end());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port}/`);
});
process.on('SIGTERM', () => process.exit(0));
