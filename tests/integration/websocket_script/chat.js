// SPDX-License-Identifier: Apache-2.0
// Two people talk through a Dunlin server in JSON text frames, with nothing of Dunlin's own code:
// what a script or websocat can do. Usage: node chat.js ws://127.0.0.1:7380/
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const { WebSocket } = require('ws');

const url = process.argv[2];

class Client {
    constructor() {
        this.socket = new WebSocket(url, 'dunlin.v1');
        this.lastRequest = 0;
        this.waiting = new Map();
        this.unasked = [];
        this.watchers = [];
        this.socket.on('message', (data, isBinary) => {
            assert.strictEqual(isBinary, false, 'a text frame is answered by text frames');
            const frame = JSON.parse(data.toString());
            if (frame.requestId) {
                this.waiting.get(frame.requestId)(frame);
                return;
            }
            this.unasked.push(frame);
            this.watchers.forEach((watcher) => watcher());
        });
    }

    open() {
        return new Promise((resolve, reject) => {
            this.socket.once('open', resolve);
            this.socket.once('error', reject);
        });
    }

    request(body) {
        const requestId = String(++this.lastRequest);
        return new Promise((resolve) => {
            this.waiting.set(requestId, resolve);
            this.socket.send(JSON.stringify({ requestId, ...body }));
        });
    }

    // Resolves with the first unasked frame that found() takes, now or later.
    until(found) {
        return new Promise((resolve) => {
            const look = () => {
                const frame = this.unasked.find(found);
                if (frame) resolve(frame);
            };
            this.watchers.push(look);
            look();
        });
    }
}

const updatesOf = (frame) => (frame.liveUpdates ? frame.liveUpdates.updates : []);

async function main() {
    const [ana, ben] = [new Client(), new Client()];
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
    const again = new Client();
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
