// SPDX-License-Identifier: Apache-2.0
// Uploads, pauses and resumes with tus-js-client, which has nothing of Dunlin's own code.
// Usage: node upload.js http://127.0.0.1:7380, with the session's token in DUNLIN_TOKEN.
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const tus = require('tus-js-client');

const server = process.argv[2];
const headers = { Authorization: `Bearer ${process.env.DUNLIN_TOKEN}` };

const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');

// Uploads bytes. Ends with the upload's URL, or pauses once more than pauseAt bytes are on their way.
// Pausing closes the connection in the middle of a request.
function upload(bytes, options, pauseAt = Infinity) {
    const requests = [];
    return new Promise((resolve, reject) => {
        const one = new tus.Upload(bytes, {
            endpoint: `${server}/blobs`,
            headers,
            retryDelays: null,
            ...options,
            onBeforeRequest: (request) => {
                requests.push({
                    method: request.getMethod(),
                    offset: request.getHeader('Upload-Offset'),
                });
            },
            onProgress: (sent) => {
                if (sent <= pauseAt) return;
                pauseAt = Infinity;
                one.abort().then(() => resolve({ url: one.url, requests, isPaused: true }), reject);
            },
            onError: reject,
            onSuccess: () => resolve({ url: one.url, requests, isPaused: false }),
        });
        one.start();
    });
}

async function download(url) {
    const answer = await fetch(url, { headers });
    assert.strictEqual(answer.status, 200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { hash: sha256(bytes), tag: answer.headers.get('etag') };
}

async function inOneGo(bytes, options) {
    const done = await upload(bytes, options);
    assert.deepStrictEqual(await download(done.url), {
        hash: sha256(bytes),
        tag: `"${sha256(bytes)}"`,
    });
}

async function withAPause(bytes, options) {
    const first = await upload(bytes, options, bytes.length / 3);
    assert.ok(first.isPaused);
    // As an app does that was started anew: all it knows is the URL.
    const second = await upload(bytes, { ...options, uploadUrl: first.url });
    assert.strictEqual(second.url, first.url);
    assert.deepStrictEqual(second.requests[0], { method: 'HEAD', offset: undefined });
    assert.strictEqual(second.requests[1].method, 'PATCH');
    const offset = Number(second.requests[1].offset);
    assert.ok(offset > 0 && offset < bytes.length, `resumed at ${offset} of ${bytes.length}`);
    assert.strictEqual((await download(first.url)).hash, sha256(bytes));
}

async function ended(bytes) {
    const first = await upload(bytes, { chunkSize: 1024 * 1024 }, bytes.length / 3);
    await tus.Upload.terminate(first.url, { headers, retryDelays: null });
    const answer = await fetch(first.url, {
        method: 'HEAD',
        headers: { ...headers, 'Tus-Resumable': '1.0.0' },
    });
    assert.strictEqual(answer.status, 404);
}

async function tooLarge() {
    await assert.rejects(upload(Buffer.alloc(26 * 1024 * 1024), {}), (error) => {
        assert.strictEqual(error.originalResponse.getStatus(), 413);
        assert.match(error.originalResponse.getBody(), /BLOB_TOO_LARGE/);
        return true;
    });
}

async function main() {
    const bytes = crypto.randomBytes(20 * 1024 * 1024);
    await inOneGo(bytes, {});
    await inOneGo(bytes.subarray(0, 1), {});
    await withAPause(bytes, { chunkSize: 1024 * 1024 });
    await withAPause(bytes, { chunkSize: 7 * 1024 * 1024 });
    await ended(bytes);
    await tooLarge();
    console.log('the outsider has uploaded');
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
