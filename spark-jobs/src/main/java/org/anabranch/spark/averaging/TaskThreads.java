package org.anabranch.spark.averaging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a task, as many as it has processors ({@code spark.task.cpus}). Each takes the
 * next block (or logical worker) when it has finished one, so a slow one delays nobody; their sums
 * are exact, so it does not show who took which. The threads outlive the task: starting them costs
 * more than a small block.
 */
final class TaskThreads {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "anabranch-block-" + NUMBERS.getAndIncrement());
            thread.setDaemon(true);
            return thread;
          });

  private TaskThreads() {}

  /** Things that several threads draw from, each given out once. */
  static final class Source<T> {
    private final Iterator<T> things;

    Source(Iterator<T> things) {
      this.things = things;
    }

    /** The next one, or null after the last. */
    synchronized @Nullable T poll() {
      return things.hasNext() ? things.next() : null;
    }
  }

  /** The processors of the task that this thread runs; 1 outside of tasks. */
  static int ofThisTask() {
    TaskContext task = TaskContext.get();
    return task == null ? 1 : Math.max(1, task.cpus());
  }

  /**
   * Has the work done on every thread, one of them the caller's, until all have finished.
   *
   * @param work draws things until there are none
   * @throws RuntimeException the first that a thread met, after all have ended
   */
  static <T, R> List<R> each(int threads, Iterator<T> things, Function<Source<T>, R> work) {
    Source<T> source = new Source<>(things);
    List<Future<R>> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      others.add(THREADS.submit(() -> work.apply(source)));
    }
    List<R> results = new ArrayList<>();
    try {
      results.add(work.apply(source));
    } finally {
      settle(others);
    }
    for (Future<R> other : others) {
      results.add(result(other));
    }
    return results;
  }

  /** Waits for threads that use the same blocks, whatever became of the caller's own work. */
  private static void settle(List<? extends Future<?>> futures) {
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (ExecutionException e) {
        // Thrown again where its result is asked for.
      } catch (InterruptedException e) {
        futures.forEach(f -> f.cancel(true));
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Task: interrupted in the middle of a round.", e);
      }
    }
  }

  private static <R> R result(Future<R> done) {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException("Task: a thread failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Task: interrupted in the middle of a round.", e);
    }
  }
}
