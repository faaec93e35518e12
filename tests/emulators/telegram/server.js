// telegram-test-api (not ours) on one port, with what its 4.2.1 gets wrong put right:
// dates in milliseconds, callbacks without chat_instance, polls that do not wait, webhooks
// without their secret. Prints the port it listens on.
const http = require('http');
const axios = require('axios');
const TelegramServer = require('telegram-test-api');

const seconds = (date) => (date > 1e11 ? Math.floor(date / 1000) : date);
const format = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = (update) => {
  const made = format(update);
  if (made.callback_query) {
    made.callback_query.chat_instance = '1';
    made.callback_query.message = { message_id: 1, date: 1795442400, ...made.callback_query.message };
  }
  return made;
};

const free = () => new Promise((resolve) => {
  const probe = http.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

(async () => {
  const port = await free();
  const inner = new TelegramServer({ port, host: '127.0.0.1', storeTimeout: 600 });
  const add = inner.addBotMessage.bind(inner);
  inner.addBotMessage = (message, token) => {
    const sent = add(message, token);
    return { ...sent, date: seconds(sent.date) };
  };
  inner.addUserUpdate = async function addUserUpdate(update) {
    const webhook = this.webhooks[update.botToken];
    this.updateId += 1;
    if (!webhook) {
      this.storage.userMessages.push(update);
      return;
    }
    await axios.post(webhook.url, TelegramServer.formatUpdate(update), {
      headers: { 'X-Telegram-Bot-Api-Secret-Token': webhook.secret_token || '' },
    });
  };
  await inner.start();

  const waits = async (token) => {
    const until = Date.now() + 1000;
    const unread = () => inner.storage.userMessages.some((u) => u.botToken === token && !u.isRead);
    while (!unread() && Date.now() < until) {
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  };
  const outer = http.createServer(async (request, response) => {
    const poll = /^\/bot([^/]+)\/getUpdates/.exec(request.url);
    if (poll) await waits(decodeURIComponent(poll[1]));
    const forwarded = http.request(
      { host: '127.0.0.1', port, path: request.url, method: request.method, headers: request.headers },
      (answer) => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); },
    );
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  });
  outer.listen(0, '127.0.0.1', () => console.log(outer.address().port));
})();
