// SPDX-License-Identifier: Apache-2.0
#include "accounts/password_hasher.h"

#include <QTest>

#include <future>

using namespace dunlin;
using accounts::PasswordHasher;

namespace {

Result<std::string> hashed(PasswordHasher &hasher, std::string password)
{
    std::promise<Result<std::string>> answer;
    hasher.hash(std::move(password),
                [&](Result<std::string> hash) { answer.set_value(std::move(hash)); });
    return answer.get_future().get();
}

Result<bool> verified(PasswordHasher &hasher, std::string password, std::string hash)
{
    std::promise<Result<bool>> answer;
    hasher.verify(std::move(password), std::move(hash),
                  [&](Result<bool> isRight) { answer.set_value(std::move(isRight)); });
    return answer.get_future().get();
}

} // namespace

class TestPasswordHasher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyTheRightPasswordIsRight();
    void theHashIsArgon2idWithItsOwnSalt();
    void anUnknownUsersPasswordIsNeverRight();
    void aHashThatIsDamagedIsNeverRight();
    void whatDoesNotFitTheQueueIsRefusedAtOnce();
    void everyCallerIsAnsweredWhenTheHasherStops();
};

void TestPasswordHasher::onlyTheRightPasswordIsRight()
{
    PasswordHasher hasher({});
    const std::string hash = hashed(hasher, "correct horse").value();
    QCOMPARE(verified(hasher, "correct horse", hash).value(), true);
    QCOMPARE(verified(hasher, "correct horsf", hash).value(), false);
    QCOMPARE(verified(hasher, "", hash).value(), false);
}

void TestPasswordHasher::theHashIsArgon2idWithItsOwnSalt()
{
    PasswordHasher hasher({.threads = 2});
    const std::string first = hashed(hasher, "correct horse").value();
    const std::string second = hashed(hasher, "correct horse").value();
    QVERIFY(first != second);
    QVERIFY2(first.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"), first.c_str());
}

void TestPasswordHasher::anUnknownUsersPasswordIsNeverRight()
{
    PasswordHasher hasher({});
    QCOMPARE(verified(hasher, "anything", "").value(), false);
    QCOMPARE(verified(hasher, "", "").value(), false);
}

void TestPasswordHasher::aHashThatIsDamagedIsNeverRight()
{
    PasswordHasher hasher({});
    QCOMPARE(verified(hasher, "x", "not a hash").value(), false);
    QCOMPARE(verified(hasher, "x", std::string(1000, '$')).value(), false);
}

void TestPasswordHasher::whatDoesNotFitTheQueueIsRefusedAtOnce()
{
    std::promise<void> gate;
    std::promise<void> isBusy;
    std::promise<Result<std::string>> queued;
    std::promise<Result<std::string>> refused;
    {
        PasswordHasher hasher({.threads = 1, .queueLength = 1});
        // The only thread stays in this callback until the gate opens.
        hasher.hash("first", [&](const Result<std::string> &) {
            isBusy.set_value();
            gate.get_future().wait();
        });
        isBusy.get_future().wait();
        hasher.hash("second", [&](Result<std::string> hash) { queued.set_value(std::move(hash)); });
        hasher.hash("third", [&](Result<std::string> hash) { refused.set_value(std::move(hash)); });

        const Result<std::string> answer = refused.get_future().get();
        QVERIFY(!answer.has_value());
        QCOMPARE(answer.error().code, ErrorCode::Overloaded);
        QVERIFY(answer.error().retryAfter.count() > 0);

        gate.set_value();
        QVERIFY(queued.get_future().get().has_value());
    }
}

void TestPasswordHasher::everyCallerIsAnsweredWhenTheHasherStops()
{
    std::atomic<int> done = 0;
    std::atomic<int> stopped = 0;
    {
        PasswordHasher hasher({.threads = 1, .queueLength = 100});
        for (int index = 0; index < 20; ++index) {
            hasher.hash("password", [&](const Result<std::string> &hash) {
                if (hash.has_value())
                    ++done;
                else if (hash.error().code == ErrorCode::ShuttingDown)
                    ++stopped;
            });
        }
    }
    QCOMPARE(done + stopped, 20);
    QVERIFY(stopped > 0);
}

QTEST_GUILESS_MAIN(TestPasswordHasher)
#include "tst_password_hasher.moc"
