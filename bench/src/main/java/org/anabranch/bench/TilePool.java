package org.anabranch.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loss and gradient of all samples, tile by tile on a fixed pool of threads. A thread takes the
 * next tile when it has done one; the tiles' parts are added in their order, so that the bits do
 * not depend on the threads.
 */
final class TilePool implements AutoCloseable {
  /** Computes tiles, one after the other. For one thread at a time. */
  interface Work {
    /** Takes new weights, as a step of training would. */
    void load();

    /** The tile's part of the loss; its part of the gradient goes to {@code gradient}. */
    double run(int tile, double[] gradient);
  }

  private final List<? extends Work> workers;
  private final double[][] gradients;
  private final double[] losses;
  private final double[] gradient;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final ExecutorService pool;
  private final AtomicInteger next = new AtomicInteger();
  private double loss;

  /**
   * @param workers one for each thread
   * @param numbers of the gradient
   */
  TilePool(List<? extends Work> workers, int tiles, int numbers) {
    this.workers = List.copyOf(workers);
    gradients = new double[tiles][numbers];
    losses = new double[tiles];
    gradient = new double[numbers];
    pool = Executors.newFixedThreadPool(workers.size(), this::thread);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "solve-" + threads.size());
    threads.add(thread);
    return thread;
  }

  /** Computes {@link #loss} and {@link #gradient}. */
  void run() {
    next.set(0);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (Work worker : workers) {
      tasks.add(() -> takeTiles(worker));
    }
    try {
      for (Future<Boolean> task : pool.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String why = cause instanceof IllegalStateException ? cause.getMessage() : "" + cause;
      throw new IllegalStateException("A tile failed: " + why, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while tiles were computed.", e);
    }
    sum();
  }

  private boolean takeTiles(Work worker) {
    worker.load();
    for (int tile = next.getAndIncrement(); tile < losses.length; tile = next.getAndIncrement()) {
      losses[tile] = worker.run(tile, gradients[tile]);
    }
    return true;
  }

  private void sum() {
    loss = losses[0];
    System.arraycopy(gradients[0], 0, gradient, 0, gradient.length);
    for (int tile = 1; tile < losses.length; tile++) {
      loss += losses[tile];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += gradients[tile][i];
      }
    }
  }

  /** The identities of the threads that solve; they start in the first {@link #run}. */
  long[] threadIds() {
    return threads.stream().mapToLong(Thread::getId).toArray();
  }

  int tiles() {
    return losses.length;
  }

  /** Of the last {@link #run}. */
  double loss() {
    return loss;
  }

  /** Euclidean, over all weights, after the last {@link #run}. */
  double gradientNorm() {
    double squares = 0;
    for (double x : gradient) {
      squares += x * x;
    }
    return Math.sqrt(squares);
  }

  /** The gradient of the last {@link #run}: not to be written to. */
  double[] gradient() {
    return gradient;
  }

  /** The bytes of the tiles' gradients. */
  long bytes() {
    return (long) Double.BYTES * (gradients.length + 1) * gradient.length;
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
