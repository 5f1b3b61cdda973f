package org.anabranch.spark.averaging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.BlockWorkerFactory;

/**
 * The workers of this process that wait for their next task. Making one compiles a model, which
 * takes longer than a round.
 */
final class WorkerPool {
  /** Models whose workers are kept; a sweep passes through many. */
  private static final int MODELS = 4;

  private static final Map<String, WorkerPool> POOLS =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WorkerPool> eldest) {
          return size() > MODELS;
        }
      };

  /** Of a worker that may hold any parameters: no shipment has this number. */
  private static final long UNKNOWN = -1;

  private record Loaded(BlockWorker worker, long shipment) {}

  private final Queue<Loaded> waiting = new ConcurrentLinkedQueue<>();
  private final ParameterLayout layout;

  private WorkerPool(ParameterLayout layout) {
    this.layout = layout;
  }

  /** The workers that are like those of a factory. */
  static WorkerPool of(BlockWorkerFactory factory) {
    synchronized (POOLS) {
      return POOLS.computeIfAbsent(factory.key(), key -> new WorkerPool(factory.layout()));
    }
  }

  ParameterLayout layout() {
    return layout;
  }

  /**
   * Lends a worker that has the parameters loaded. One that throws is not used again.
   *
   * @param task uses the worker on this thread only
   */
  <R> R with(BlockWorkerFactory factory, Shipment shipment, Function<BlockWorker, R> task) {
    Loaded loaded = waiting.poll();
    BlockWorker worker = loaded == null ? factory.create() : loaded.worker();
    if (loaded == null || loaded.shipment() != shipment.number()) {
      worker.load(shipment.parameters());
    }
    R result = task.apply(worker);
    waiting.add(new Loaded(worker, shipment.number()));
    return result;
  }

  /**
   * Lends a worker to a task that loads parameters itself.
   *
   * @param task uses the worker on this thread only
   */
  <R> R with(BlockWorkerFactory factory, Function<BlockWorker, R> task) {
    Loaded loaded = waiting.poll();
    BlockWorker worker = loaded == null ? factory.create() : loaded.worker();
    R result = task.apply(worker);
    waiting.add(new Loaded(worker, UNKNOWN));
    return result;
  }
}
