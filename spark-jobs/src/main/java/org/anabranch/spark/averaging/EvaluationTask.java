package org.anabranch.spark.averaging;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.anabranch.spark.data.BlockChecksums;
import org.anabranch.train.Block;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.EvaluationTally;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** The evaluation of one partition's test or validation blocks; nothing where there are none. */
final class EvaluationTask implements FlatMapFunction<Iterator<Block>, EvaluationTally> {
  private static final long serialVersionUID = 1;

  private final BlockWorkerFactory factory;
  private final Shipment shipment;
  private final int classes;
  private final boolean validation;
  private final Broadcast<BlockChecksums> checksums;

  EvaluationTask(
      BlockWorkerFactory factory,
      Shipment shipment,
      int classes,
      boolean validation,
      Broadcast<BlockChecksums> checksums) {
    this.factory = factory;
    this.shipment = shipment;
    this.classes = classes;
    this.validation = validation;
    this.checksums = checksums;
  }

  @Override
  public Iterator<EvaluationTally> call(Iterator<Block> partition) {
    if (!partition.hasNext()) {
      return Collections.emptyIterator();
    }
    List<EvaluationTally> tallies =
        TaskThreads.each(
            TaskThreads.ofThisTask(),
            partition,
            source ->
                WorkerPool.of(factory).with(factory, shipment, worker -> tally(worker, source)));
    return List.of(tallies.stream().reduce(EvaluationTally::merge).orElseThrow()).iterator();
  }

  private EvaluationTally tally(BlockWorker worker, TaskThreads.Source<Block> blocks) {
    EvaluationTally tally = new EvaluationTally(classes);
    for (Block block = blocks.poll(); block != null; block = blocks.poll()) {
      if (validation) {
        checksums.value().requireValidation(block);
      } else {
        checksums.value().requireTest(block);
      }
      tally.add(worker, block);
    }
    return tally;
  }
}
