// SPDX-License-Identifier: Apache-2.0
// Two people who talk before something happens to a server, and find their history after it.
//   node history.js URL talk FILE     registers two, lets them talk, writes who they are to FILE
//   node history.js URL return FILE   signs both in again and compares what each of them sees
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const { Client } = require('./client.js');

const [url, step, file] = process.argv.slice(2);
const password = 'correct horse';

async function connect(request) {
    const client = new Client(url);
    await client.open();
    const answer = await client.request(request);
    assert.ok(answer.signedIn, JSON.stringify(answer));
    client.user = answer.signedIn.user;
    return client;
}

async function textsSeenBy(client, conversationId) {
    const { historyPage } = await client.request({ getHistory: { conversationId } });
    return historyPage.messages.map((message) => message.text).sort();
}

async function talk() {
    const suffix = crypto.randomBytes(4).toString('hex');
    const names = [`ana.${suffix}`, `ben.${suffix}`];
    const people = [];
    for (const userName of names) {
        const registerAccount = { userName, password, deviceName: 'before' };
        people.push(await connect({ registerAccount }));
    }
    const opened = await people[0].request({
        openDirectConversation: { userId: people[1].user.userId },
    });
    const { conversationId } = opened.conversationOpened.conversation;
    const texts = ['Are you there?', 'Yes \u{1F44B}', 'Good night'];
    for (const [index, text] of texts.entries()) {
        const clientId = crypto.randomBytes(16).toString('base64');
        const posted = await people[index % 2].request({
            postMessage: { conversationId, clientId, text },
        });
        assert.ok(posted.messagePosted, JSON.stringify(posted));
    }
    fs.writeFileSync(file, JSON.stringify({ names, conversationId, texts: texts.sort() }));
    people.forEach((client) => client.socket.close());
    console.log(`${names.join(' and ')} have talked`);
}

async function comeBack() {
    const { names, conversationId, texts } = JSON.parse(fs.readFileSync(file));
    for (const userName of names) {
        const client = await connect({ signIn: { userName, password, deviceName: 'after' } });
        assert.deepStrictEqual(await textsSeenBy(client, conversationId), texts);
        client.socket.close();
    }
    console.log(`${names.join(' and ')} see all ${texts.length} messages`);
}

({ talk, return: comeBack })[step]().catch((error) => {
    console.error(error);
    process.exit(1);
});
