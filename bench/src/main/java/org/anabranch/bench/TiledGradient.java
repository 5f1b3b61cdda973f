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
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;

/**
 * Loss and gradient of all samples, tile by tile on a fixed pool of threads. A thread takes the
 * next tile when it has done one; the tiles' parts are added in their order, so that the bits do
 * not depend on the threads.
 */
final class TiledGradient implements AutoCloseable {
  private static final int TILE_ROWS = 64;

  private final OdeProblem problem;
  private final List<float[]> tiles = new ArrayList<>();
  private final double[][] gradients;
  private final double[] losses;
  private final @Nullable StepCounts[] steps;
  private final Stepping stepping;
  private final double[] gradient;
  private final List<TileWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final ExecutorService pool;
  private final AtomicInteger next = new AtomicInteger();
  private double loss;

  TiledGradient(
      OdeProblem problem, Method method, GradientMode mode, Stepping stepping, int threads) {
    this.problem = problem;
    this.stepping = stepping;
    int rows = Math.min(TILE_ROWS, problem.rows());
    if (problem.rows() % rows != 0) {
      throw new IllegalArgumentException(
          "The batch has %d samples, which is no multiple of the %d of a tile. Use such a batch."
              .formatted(problem.rows(), rows));
    }
    for (int first = 0; first < problem.rows(); first += rows) {
      tiles.add(problem.initialValues(first, rows));
    }
    gradients = new double[tiles.size()][problem.layout().size()];
    losses = new double[tiles.size()];
    steps = new StepCounts[tiles.size()];
    gradient = new double[problem.layout().size()];
    Backend backend = new SimdBackend();
    for (int i = 0; i < threads; i++) {
      workers.add(new TileWorker(backend, problem, method, mode, stepping, rows));
    }
    pool = Executors.newFixedThreadPool(threads, this::thread);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "solve-" + threads.size());
    threads.add(thread);
    return thread;
  }

  /** Computes {@link #loss} and gradient. */
  void run() {
    next.set(0);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (TileWorker worker : workers) {
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

  private boolean takeTiles(TileWorker worker) {
    worker.load(problem.parameters());
    for (int tile = next.getAndIncrement(); tile < tiles.size(); tile = next.getAndIncrement()) {
      losses[tile] = worker.run(tiles.get(tile), gradients[tile]);
      if (steps[tile] == null) { // every run takes the same steps
        steps[tile] = worker.steps();
      }
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

  /** How many solves a {@link #run} is made of. */
  int tiles() {
    return tiles.size();
  }

  /** Of the last {@link #run}. */
  double loss() {
    return loss;
  }

  /** The steps of the last {@link #run}: of all samples, or of one where all take the same. */
  StepCounts steps() {
    if (stepping instanceof TimeGrid grid) {
      return StepCounts.of(grid);
    }
    StepCounts sum = StepCounts.NONE;
    for (StepCounts tile : steps) {
      sum = tile == null ? sum : sum.plus(tile);
    }
    return sum;
  }

  /** The gradient mode in use, settled for the method and the stepping. */
  GradientMode mode() {
    return workers.get(0).mode();
  }

  /** Euclidean, over all weights, after the last {@link #run}. */
  double gradientNorm() {
    double squares = 0;
    for (double x : gradient) {
      squares += x * x;
    }
    return Math.sqrt(squares);
  }

  /** The bytes reserved for the solves of all threads, and for the gradients of the tiles. */
  long bytes() {
    long numbers = (long) (gradients.length + 1) * gradient.length;
    return workers.stream().mapToLong(TileWorker::bytes).sum() + Double.BYTES * numbers;
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
