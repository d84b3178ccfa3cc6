// SPDX-License-Identifier: Apache-2.0
// Two people talk through a Dunlin server in JSON text frames, with nothing of Dunlin's own code:
// what a script or websocat can do. Usage: node chat.js ws://127.0.0.1:7380/
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const { Client } = require('./client.js');

const url = process.argv[2];

const updatesOf = (frame) => (frame.liveUpdates ? frame.liveUpdates.updates : []);

async function main() {
    const [ana, ben] = [new Client(url), new Client(url)];
    await Promise.all([ana.open(), ben.open()]);

    const suffix = crypto.randomBytes(4).toString('hex');
    const password = 'correct horse';
    for (const [client, name] of [[ana, 'ana'], [ben, 'ben']]) {
        const answer = await client.request({
            registerAccount: { userName: `${name}.${suffix}`, password, deviceName: 'script' },
        });
        assert.ok(answer.signedIn, JSON.stringify(answer));
        client.user = answer.signedIn.user;
    }
    const again = new Client(url);
    await again.open();
    const signedIn = await again.request({
        signIn: { userName: `ana.${suffix}`, password, deviceName: 'second' },
    });
    assert.strictEqual(signedIn.signedIn.user.userId, ana.user.userId);
    assert.strictEqual(typeof signedIn.signedIn.user.userId, 'string', '64-bit ids are strings');

    const found = await ana.request({ findUsers: { query: `ben.${suffix}` } });
    assert.strictEqual(found.userList.users[0].userId, ben.user.userId);
    const opened = await ana.request({ openDirectConversation: { userId: ben.user.userId } });
    const { conversationId } = opened.conversationOpened.conversation;

    const text = 'Grüße, Ben \u{1F44B}';
    const clientId = crypto.randomBytes(16).toString('base64');
    const post = { postMessage: { conversationId, clientId, text } };
    const posted = await ana.request(post);
    assert.strictEqual(posted.messagePosted.seq, '1');
    const resent = await ana.request(post);
    assert.deepStrictEqual(resent.messagePosted, posted.messagePosted);

    const isTheMessage = (frame) =>
        updatesOf(frame).some((update) => update.messageAdded && update.messageAdded.text === text);
    await Promise.all([ben.until(isTheMessage), again.until(isTheMessage)]);

    const raised = await ben.request({
        raiseWatermarks: { conversationId, deliveredSeq: '1', readSeq: '1' },
    });
    assert.ok(raised.done);
    await ana.until((frame) =>
        updatesOf(frame).some(
            (update) => update.watermarkRaised && update.watermarkRaised.watermark.readSeq === '1'
        )
    );

    const history = await ben.request({ getHistory: { conversationId } });
    assert.deepStrictEqual(history.historyPage.messages.map((message) => message.text), [text]);

    const stranger = await ben.request({ postMessage: { conversationId: '42', clientId, text } });
    assert.strictEqual(stranger.error.code, 'CONVERSATION_NOT_FOUND');
    for (const client of [ana, ben, again]) client.socket.close();
    console.log('the script has talked');
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
