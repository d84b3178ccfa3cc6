// SPDX-License-Identifier: Apache-2.0
#include "messaging/post_batch.h"

#include "blobs/blob_uses.h"
#include "messaging/images.h"

#include <algorithm>
#include <unordered_map>

namespace dunlin::messaging {

using store::Query;
using store::Statement;

namespace {

const Statement beginStatement{"post_begin", "BEGIN"};
const Statement commitStatement{"post_commit", "COMMIT"};

// By the unique index on (conversation_id, sender_id, client_id).
const Statement findPostedStatement{"post_find_posted", R"(
    SELECT m.conversation_id, m.sender_id, m.client_id, m.seq, m.message_id, m.sent_at
    FROM unnest($1::bigint[], $2::bigint[], $3::uuid[])
         AS p (conversation_id, sender_id, client_id)
    JOIN messages m USING (conversation_id, sender_id, client_id)
)"};

const Statement membersStatement{"post_members", R"(
    SELECT m.conversation_id, m.user_id
    FROM unnest($1::bigint[]) AS c (conversation_id)
    JOIN members m USING (conversation_id)
)"};

// In the order of the arrays, by primary key. While a member hides read receipts, what others see
// of the read watermark stays where it is; the next raise afterwards shows it again. Meanwhile
// others are not even told that there was a raise unless more was delivered: the sub-select sees
// the row as it was before.
const Statement raiseStatement{"post_raise", R"(
    UPDATE members m
    SET delivered_seq = greatest(m.delivered_seq, least(r.delivered_seq, c.last_seq)),
        read_seq = greatest(m.read_seq, least(r.read_seq, c.last_seq)),
        shown_read_seq = CASE
            WHEN c.read_receipts_hidden_by = 0 AND m.read_seq < least(r.read_seq, c.last_seq)
            THEN least(r.read_seq, c.last_seq)
            ELSE m.shown_read_seq
        END
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
         AS r (conversation_id, user_id, delivered_seq, read_seq)
    JOIN conversations c USING (conversation_id)
    WHERE m.conversation_id = r.conversation_id AND m.user_id = r.user_id
      AND (m.delivered_seq < least(r.delivered_seq, c.last_seq)
           OR m.read_seq < least(r.read_seq, c.last_seq))
    RETURNING m.conversation_id, m.user_id, m.delivered_seq, m.read_seq, m.shown_read_seq,
              CASE
                  WHEN c.read_receipts_hidden_by = 0 THEN -1
                  ELSE (SELECT o.delivered_seq FROM members o
                        WHERE o.conversation_id = m.conversation_id AND o.user_id = m.user_id)
              END
)"};

const Statement takeSeqsStatement{"post_take_seqs", R"(
    UPDATE conversations c
    SET last_seq = c.last_seq + n.count
    FROM unnest($1::bigint[], $2::bigint[]) AS n (conversation_id, count)
    WHERE c.conversation_id = n.conversation_id
    RETURNING c.conversation_id, c.last_seq
)"};

const Statement insertStatement{"post_insert", R"(
    INSERT INTO messages (conversation_id, seq, message_id, sender_id, reply_to_seq,
                          forwarded_from, client_id, sent_at, body, images)
    SELECT conversation_id, seq, message_id, sender_id, nullif(reply_to_seq, 0),
           nullif(forwarded_from, 0), client_id, sent_at, body, nullif(images, ''::bytea)
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
                $6::bigint[], $7::uuid[], $8::timestamptz[], $9::text[], $10::bytea[])
         AS m (conversation_id, seq, message_id, sender_id, reply_to_seq, forwarded_from,
               client_id, sent_at, body, images)
)"};

WatermarkRaised raiseOf(const updates::Entry &entry)
{
    return {.conversation = entry.conversation,
            .watermark = {.user = entry.actor,
                          .delivered = MessageSeq{entry.position},
                          .read = MessageSeq{entry.readPosition}}};
}

ClientId clientIdAt(const store::Rows &rows, int row, int column)
{
    return ClientId::fromBytes(rows.bytesAt(row, column)).value_or(ClientId{});
}

} // namespace

void PostWriter::Batch::clear()
{
    posted_.clear();
    members_.clear();
    messages_.clear();
    wholeBlobs_.clear();
    hasImages_ = false;
    entries_.clear();
    sources_.clear();
}

std::vector<Query> PostWriter::Batch::first()
{
    clear();
    std::vector<std::int64_t> conversations;
    std::vector<std::int64_t> senders;
    std::vector<ClientId> clientIds;
    std::set<std::int64_t> touched;
    std::set<BlobId> blobs;
    std::map<MemberKey, Raise> raises; // sorted, each member once: its row can change only once
    for (const Job &job : jobs_) {
        if (const auto *post = std::get_if<PostJob>(&job)) {
            conversations.push_back(post->post.conversation.value);
            senders.push_back(post->post.sender.value);
            clientIds.push_back(post->post.clientId);
            touched.insert(post->post.conversation.value);
            blobs.merge(blobsOf(post->post.images));
        } else {
            const Raise &raise = std::get<RaiseJob>(job).raise;
            touched.insert(raise.conversation.value);
            Raise &most = raises.try_emplace({raise.conversation, raise.user}, raise).first->second;
            most.read = std::max(most.read, raise.read);
            most.delivered = std::max({most.delivered, raise.delivered, most.read});
        }
    }
    std::vector<Query> queries;
    queries.push_back({.statement = &beginStatement, .parameters = {}});
    queries.push_back({.statement = &findPostedStatement, .parameters = {}});
    queries.back()
            .parameters.addInt64Array(conversations)
            .addInt64Array(senders)
            .addUuidArray(clientIds);
    queries.push_back({.statement = &membersStatement, .parameters = {}});
    queries.back().parameters.addInt64Array(
            std::vector<std::int64_t>(touched.begin(), touched.end()));
    hasImages_ = !blobs.empty();
    if (hasImages_)
        queries.push_back(blobs::lockWhole(blobs));
    if (raises.empty())
        return queries;
    std::array<std::vector<std::int64_t>, 4> columns;
    for (const auto &[key, raise] : raises) {
        columns[0].push_back(raise.conversation.value);
        columns[1].push_back(raise.user.value);
        columns[2].push_back(raise.delivered.value);
        columns[3].push_back(raise.read.value);
    }
    queries.push_back({.statement = &raiseStatement, .parameters = {}});
    for (const auto &column : columns)
        queries.back().parameters.addInt64Array(column);
    return queries;
}

bool PostWriter::Batch::isMember(ConversationId conversation, UserId user) const
{
    const auto found = members_.find(conversation);
    return found != members_.end()
            && std::find(found->second.begin(), found->second.end(), user) != found->second.end();
}

void PostWriter::Batch::takeFirst(const std::vector<store::Rows> &rows)
{
    const store::Rows &known = rows[1];
    for (int row = 0; row < known.count(); ++row) {
        const PostKey key{ConversationId{known.int64At(row, 0)}, UserId{known.int64At(row, 1)},
                          clientIdAt(known, row, 2)};
        posted_[key] = {.seq = MessageSeq{known.int64At(row, 3)},
                        .id = MessageId{known.int64At(row, 4)},
                        .sentAtMs = known.timestampAt(row, 5)};
    }
    for (int row = 0; row < rows[2].count(); ++row)
        members_[ConversationId{rows[2].int64At(row, 0)}].push_back(
                UserId{rows[2].int64At(row, 1)});
    std::size_t next = 3;
    if (hasImages_)
        wholeBlobs_ = blobs::wholeIn(rows[next++]);
    addMessageEntries();
    if (rows.size() > next)
        addReceiptEntries(rows[next]);
}

bool PostWriter::Batch::hasBlobs(const Post &post) const
{
    const std::set<BlobId> blobs = blobsOf(post.images);
    return std::all_of(blobs.begin(), blobs.end(),
                       [this](BlobId blob) { return wholeBlobs_.contains(blob); });
}

std::vector<Query> PostWriter::Batch::useBlobs() const
{
    std::vector<blobs::BlobUse> uses;
    for (const auto &message : messages_) {
        for (const BlobId &blob : blobsOf(message->images))
            uses.push_back({.blob = blob, .conversation = message->conversation});
    }
    return blobs::use(uses);
}

void PostWriter::Batch::addMessageEntries()
{
    for (const Job &job : jobs_) {
        const auto *post = std::get_if<PostJob>(&job);
        if (post == nullptr || !isMember(post->post.conversation, post->post.sender))
            continue;
        const PostKey key{post->post.conversation, post->post.sender, post->post.clientId};
        if (!posted_.try_emplace(key).second)
            continue; // known, or twice in this batch
        if (post->post.refusal || !hasBlobs(post->post)) {
            posted_.erase(key);
            continue;
        }
        messages_.push_back(
                std::make_shared<Message>(Message{.conversation = post->post.conversation,
                                                  .sender = post->post.sender,
                                                  .text = post->post.text,
                                                  .clientId = post->post.clientId,
                                                  .images = post->post.images,
                                                  .replyToSeq = post->post.replyToSeq,
                                                  .forwardedFrom = post->post.forwardedFrom}));
        for (Image &image : messages_.back()->images)
            image.byteSize = wholeBlobs_.at(image.blob); // not what the client takes it for
        for (const UserId member : members_[post->post.conversation]) {
            entries_.push_back({.user = member,
                                .kind = updates::Kind::MessageAdded,
                                .conversation = post->post.conversation});
            sources_.push_back(messages_.size() - 1);
        }
    }
}

void PostWriter::Batch::addReceiptEntries(const store::Rows &raised)
{
    for (int row = 0; row < raised.count(); ++row) {
        const ConversationId conversation{raised.int64At(row, 0)};
        const UserId user{raised.int64At(row, 1)};
        const std::int64_t delivered = raised.int64At(row, 2);
        const std::int64_t deliveredBefore = raised.int64At(row, 5); // -1: nobody hides receipts
        for (const UserId member : members_[conversation]) {
            if (member != user && delivered == deliveredBefore)
                continue; // was only read, which is hidden
            entries_.push_back({.user = member,
                                .kind = updates::Kind::WatermarkRaised,
                                .conversation = conversation,
                                .actor = user,
                                .position = delivered,
                                .readPosition = raised.int64At(row, member == user ? 3 : 4)});
            sources_.push_back(0);
        }
    }
}

std::vector<Query> PostWriter::Batch::second(IdGenerator &ids, std::int64_t nowMs)
{
    std::map<std::int64_t, std::int64_t> counts; // sorted: the order of the locks
    for (const auto &message : messages_) {
        message->id = MessageId{ids.next()};
        message->sentAtMs = nowMs;
        ++counts[message->conversation.value];
    }
    std::vector<Query> queries;
    if (!counts.empty()) {
        std::vector<std::int64_t> conversations;
        std::vector<std::int64_t> numbers;
        for (const auto &[conversation, count] : counts) {
            conversations.push_back(conversation);
            numbers.push_back(count);
        }
        queries.push_back({.statement = &takeSeqsStatement, .parameters = {}});
        queries.back().parameters.addInt64Array(conversations).addInt64Array(numbers);
    }
    queries.push_back(updates::takeSeqs(entries_));
    return queries;
}

bool PostWriter::Batch::takeSecond(const std::vector<store::Rows> &rows)
{
    std::unordered_map<ConversationId, std::int64_t> last;
    if (!messages_.empty()) {
        for (int row = 0; row < rows.front().count(); ++row)
            last[ConversationId{rows.front().int64At(row, 0)}] = rows.front().int64At(row, 1);
    }
    // From the end, so that each conversation's last message gets the number the row holds now.
    for (auto message = messages_.rbegin(); message != messages_.rend(); ++message) {
        const auto found = last.find((*message)->conversation);
        if (found == last.end())
            return false;
        (*message)->seq = MessageSeq{found->second--};
        // Seqs are dense: what is before is there.
        if ((*message)->replyToSeq.value < 0 || (*message)->replyToSeq >= (*message)->seq)
            (*message)->replyToSeq = {};
        posted_[{(*message)->conversation, (*message)->sender, (*message)->clientId}] = {
                .seq = (*message)->seq, .id = (*message)->id, .sentAtMs = (*message)->sentAtMs};
    }
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].kind == updates::Kind::MessageAdded)
            entries_[i].position = messages_[sources_[i]]->seq.value;
    }
    return updates::assignSeqs(rows.back(), entries_);
}

std::vector<Query> PostWriter::Batch::third()
{
    std::vector<Query> queries;
    if (!messages_.empty()) {
        std::array<std::vector<std::int64_t>, 6> columns;
        std::vector<std::int64_t> times;
        std::vector<ClientId> clientIds;
        std::vector<std::string> texts;
        std::vector<std::string> images;
        for (const auto &message : messages_) {
            columns[0].push_back(message->conversation.value);
            columns[1].push_back(message->seq.value);
            columns[2].push_back(message->id.value);
            columns[3].push_back(message->sender.value);
            columns[4].push_back(message->replyToSeq.value);
            columns[5].push_back(message->forwardedFrom.value);
            times.push_back(message->sentAtMs);
            clientIds.push_back(message->clientId);
            texts.push_back(message->text);
            images.push_back(encodeImages(message->images));
        }
        queries.push_back({.statement = &insertStatement, .parameters = {}});
        for (const auto &column : columns)
            queries.back().parameters.addInt64Array(column);
        queries.back()
                .parameters.addUuidArray(clientIds)
                .addTimestampArray(times)
                .addTextArray(texts)
                .addBytesArray(images);
        for (Query &query : useBlobs())
            queries.push_back(std::move(query));
    }
    if (!entries_.empty())
        queries.push_back(updates::insertEntries(entries_));
    queries.push_back({.statement = &commitStatement, .parameters = {}});
    return queries;
}

std::vector<UserUpdates> PostWriter::Batch::updates() const
{
    std::vector<decltype(Update::event)> events;
    events.reserve(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].kind == updates::Kind::MessageAdded)
            events.emplace_back(MessageAdded{messages_[sources_[i]]});
        else
            events.emplace_back(raiseOf(entries_[i]));
    }
    return updates::toPublish(entries_, std::move(events));
}

void PostWriter::Batch::answer()
{
    const auto notFound = failure(ErrorCode::ConversationNotFound, "there is no such conversation");
    const auto noBlob =
            failure(ErrorCode::InvalidImage, "an image's upload is not there or not whole");
    for (Job &job : jobs_) {
        if (auto *post = std::get_if<PostJob>(&job)) {
            const auto found =
                    posted_.find({post->post.conversation, post->post.sender, post->post.clientId});
            if (found != posted_.end())
                post->callback(found->second);
            else if (!isMember(post->post.conversation, post->post.sender))
                post->callback(notFound);
            else if (post->post.refusal)
                post->callback(tl::unexpected(*post->post.refusal));
            else
                post->callback(noBlob);
        } else {
            auto &raise = std::get<RaiseJob>(job);
            raise.callback(isMember(raise.raise.conversation, raise.raise.user)
                                   ? Result<void>()
                                   : Result<void>(notFound));
        }
    }
    jobs_.clear();
}

void PostWriter::Batch::fail(const Error &error)
{
    for (Job &job : jobs_)
        PostWriter::fail(job, error);
    jobs_.clear();
}

} // namespace dunlin::messaging
