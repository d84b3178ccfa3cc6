// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messaging/post_writer.h"

#include <map>
#include <optional>
#include <set>

namespace dunlin::messaging {

/// The parts of one transaction of the PostWriter: which statements, what their rows mean, who is
/// answered what. It does no I/O. May be begun anew, when the transaction is retried.
class PostWriter::Batch {
public:
    explicit Batch(std::vector<Job> jobs) : jobs_(std::move(jobs)) { }

    /// First: what is known already, who the members are, and the receipts.
    std::vector<store::Query> first();
    void takeFirst(const std::vector<store::Rows> &rows);

    /// Second: places in the conversations and in the members' update logs.
    [[nodiscard]] bool needsSecond() const { return !entries_.empty(); }
    std::vector<store::Query> second(IdGenerator &ids, std::int64_t nowMs);
    /// False when a row that has to be there is not.
    bool takeSecond(const std::vector<store::Rows> &rows);

    /// Third: the messages and the log entries, and the commit.
    std::vector<store::Query> third();

    [[nodiscard]] std::vector<UserUpdates> updates() const;
    void answer();
    void fail(const Error &error);

    [[nodiscard]] std::size_t size() const { return jobs_.size(); }
    /// Those that were not known before.
    [[nodiscard]] std::size_t newMessages() const { return messages_.size(); }
    std::vector<Job> takeJobs() { return std::move(jobs_); }

private:
    using PostKey = std::tuple<ConversationId, UserId, ClientId>;
    using MemberKey = std::pair<ConversationId, UserId>;

    void clear();
    void addMessageEntries();
    void addReceiptEntries(const store::Rows &raised);
    [[nodiscard]] bool isMember(ConversationId conversation, UserId user) const;
    [[nodiscard]] bool hasBlobs(const Post &post) const;
    [[nodiscard]] std::vector<store::Query> useBlobs() const;

    std::vector<Job> jobs_;
    std::map<PostKey, Posted> posted_; ///< Known already, or made by this batch.
    std::map<ConversationId, std::vector<UserId>> members_;
    std::vector<std::shared_ptr<Message>> messages_; ///< New, in order of arrival.
    std::map<BlobId, std::int64_t> wholeBlobs_; ///< Of those that the posts show: their sizes.
    bool hasImages_ = false;
    std::vector<updates::Entry> entries_;
    std::vector<std::size_t> sources_; ///< entries_[i] tells of message sources_[i], or a receipt.
};

} // namespace dunlin::messaging
