// SPDX-License-Identifier: Apache-2.0
// One connection to a Dunlin server in JSON text frames, with nothing of Dunlin's own code.
'use strict';
const assert = require('node:assert');
const { WebSocket } = require('ws');

class Client {
    constructor(url) {
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

module.exports = { Client };
