package org.anabranch.model.paths.evaluation;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.anabranch.model.paths.PathSet;

/** The scores of the three networks, trained one after another or side by side. */
record Learning(Optional<Classification> classification, Optional<Prediction> prediction) {
  private static final int FEWEST = 4;

  static Learning of(PathComparison comparison, PathSet usable, NetworkOptions options, long seed) {
    if (options.epochs() == 0 || usable.size() < FEWEST) {
      return new Learning(Optional.empty(), Optional.empty());
    }
    int half = usable.size() / 2;
    int count = Math.min(options.paths(), Math.min(usable.size(), comparison.train().size()));
    Prediction.Task task = new Prediction.Task(comparison.test(), comparison.scales(), options);
    PathSet real = comparison.train().range(0, count);
    PathSet fake = usable.range(0, count);
    try (Threads threads = new Threads(options.threads())) {
      Supplier<Classification> classification =
          threads.start(
              () ->
                  Classification.of(
                      comparison.train(),
                      comparison.test(),
                      usable.range(0, half),
                      usable.range(half, usable.size()),
                      comparison.scales(),
                      options,
                      seed));
      Supplier<Double> fromFake = threads.start(() -> task.error(fake, seed));
      Supplier<Double> fromReal = threads.start(() -> task.error(real, seed));
      return new Learning(
          Optional.of(classification.get()),
          Optional.of(
              new Prediction(
                  fromFake.get(),
                  fromReal.get(),
                  task.lastValueError(),
                  task.readTimes(),
                  task.predictedTimes(),
                  count)));
    }
  }

  /** Some threads of its own. */
  private static final class Threads implements AutoCloseable {
    private final ExecutorService service;

    Threads(int count) {
      service = Executors.newFixedThreadPool(Math.min(3, count));
    }

    <T> Supplier<T> start(Supplier<T> work) {
      Future<T> result = service.submit(work::get);
      return () -> {
        try {
          return result.get();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("Evaluation: it was interrupted. Run it again.", e);
        } catch (ExecutionException e) {
          throw new IllegalStateException("Evaluation: a network failed", e.getCause());
        }
      };
    }

    @Override
    public void close() {
      service.shutdownNow();
    }
  }
}
