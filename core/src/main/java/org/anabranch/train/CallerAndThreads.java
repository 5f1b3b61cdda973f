package org.anabranch.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that calls, and others, which wait in between. Rounds follow each other within a
 * millisecond, while a thread that sleeps takes a tenth of one to wake, and now and then whole
 * ones; so who waits looks for work for a moment before it sleeps, if there is a processor for
 * each. One run at a time.
 */
final class CallerAndThreads implements Crew, AutoCloseable {
  private static final long AWAKE_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(2);

  private final int others;
  private final boolean spins;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private volatile IntConsumer work = member -> {};
  private volatile @Nullable Thread caller;
  private volatile @Nullable Throwable failure;
  private final AtomicInteger runs = new AtomicInteger();
  private volatile boolean closed;

  /**
   * @param others threads besides the caller's; may be 0
   */
  CallerAndThreads(int others) {
    this.others = others;
    spins = others < Runtime.getRuntime().availableProcessors();
  }

  @Override
  public int size() {
    return others + 1;
  }

  /**
   * Member 0 is the caller.
   *
   * @throws RuntimeException what a member threw, after all have ended
   */
  @Override
  public void run(IntConsumer work) {
    begin(work);
    try {
      work.accept(0);
    } catch (Throwable thrown) {
      failure = thrown;
    }
    boolean interrupted = waitUntil(() -> running.get() == 0);
    caller = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow(failure);
    if (interrupted) {
      throw new IllegalStateException("LocalRounds: interrupted in the middle of a round.");
    }
  }

  private void begin(IntConsumer wanted) {
    if (closed) {
      throw new IllegalStateException("LocalRounds: closed. Make new ones.");
    }
    start();
    failure = null;
    work = wanted;
    caller = Thread.currentThread();
    running.set(others);
    runs.incrementAndGet(); // others see all the above once they see this
    threads.forEach(LockSupport::unpark);
  }

  private void start() {
    while (threads.size() < others) {
      int member = threads.size() + 1;
      Thread thread = new Thread(() -> serve(member), "anabranch-round-" + member);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void serve(int member) {
    for (int done = 0; isAnnounced(done); done++) {
      try {
        work.accept(member);
      } catch (Throwable thrown) {
        failure = thrown;
      }
      if (running.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }
  }

  /** Waits for the run after so many; false once closed, unless one was announced before. */
  private boolean isAnnounced(int done) {
    waitUntil(() -> runs.get() != done || closed);
    return runs.get() != done;
  }

  /**
   * @return whether this thread was interrupted meanwhile
   */
  private boolean waitUntil(BooleanSupplier condition) {
    boolean interrupted = false;
    long end = System.nanoTime() + AWAKE_NANOSECONDS;
    while (!condition.getAsBoolean()) {
      if (spins && System.nanoTime() < end) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    return interrupted;
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw new IllegalStateException("LocalRounds: a worker failed: " + failure, failure);
    }
  }

  /** Its threads end once they have done what they were asked for. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(LockSupport::unpark);
  }
}
