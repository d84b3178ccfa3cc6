// SPDX-License-Identifier: Apache-2.0
#include "net/io_thread.h"

#include "net/epoll_event_dispatcher.h"

#include <QCoreApplication>
#include <QEvent>

#include <semaphore>

namespace dunlin::net {

/// Empties the mailbox on the thread. One posted event stands for one batch.
class IoThread::Receiver final : public QObject {
public:
    explicit Receiver(Mailbox &mailbox) : mailbox_(mailbox) { }

    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        runAll();
        return true;
    }

    void runAll()
    {
        for (Job &job : mailbox_.takeAll()) {
            job();
            // Here and not with the batch: what the job owns is released in order as well.
            job = Job();
        }
    }

private:
    Mailbox &mailbox_;
};

IoThread::IoThread(int index) : index_(index), receiver_(std::make_unique<Receiver>(mailbox_))
{
    thread_.setObjectName(QStringLiteral("io-%1").arg(index));
    thread_.setEventDispatcher(new EpollEventDispatcher); // owned by the QThread
    receiver_->moveToThread(&thread_);
}

IoThread::~IoThread()
{
    stop();
}

void IoThread::start()
{
    thread_.start();
}

void IoThread::stop()
{
    if (thread_.isRunning()) {
        std::binary_semaphore hasQuit(0);
        post([this, &hasQuit] {
            thread_.quit();
            hasQuit.release();
        });
        mailbox_.close();
        hasQuit.acquire();
        thread_.wait();
    }
    mailbox_.close();
    // The thread has ended: what joined after the last batch runs here, so that nothing that was
    // accepted is dropped.
    receiver_->runAll();
}

bool IoThread::post(Job job)
{
    switch (mailbox_.post(std::move(job))) {
    case Mailbox::Posted::First:
        QCoreApplication::postEvent(receiver_.get(), new QEvent(QEvent::User));
        return true;
    case Mailbox::Posted::Joined:
        return true;
    case Mailbox::Posted::Refused:
        break;
    }
    return false;
}

bool IoThread::runBlocking(Job job)
{
    Q_ASSERT(!isCurrent());
    if (!thread_.isRunning())
        return false;
    std::binary_semaphore done(0);
    if (!post([&job, &done] {
            job();
            job = Job();
            done.release();
        }))
        return false;
    done.acquire();
    return true;
}

bool IoThread::isCurrent() const noexcept
{
    return QThread::currentThread() == &thread_;
}

} // namespace dunlin::net
