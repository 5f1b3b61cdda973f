package org.anabranch.spark.data;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The records of a source in their order, for those who look at them one by one. */
public final class LocatedRecords {
  private LocatedRecords() {}

  /**
   * All records, those of a part that can be used in the order of the input, then the others. Of
   * these, the ones beyond the first {@value BadRecords#KEPT} of a part are counted in a last one
   * for that part, which has the number 0.
   *
   * @throws DataProblem if the data cannot be used, as far as can be told without reading them
   */
  public static JavaRDD<LocatedRecord> of(JavaSparkContext spark, Source source) {
    boolean labelled = source.hasLabels();
    return source
        .find(spark.hadoopConfiguration())
        .parse(spark)
        .mapPartitions(part -> located(part, labelled));
  }

  /** Features of a record. */
  public static int width(JavaSparkContext spark, Source source) {
    return source.find(spark.hadoopConfiguration()).width();
  }

  private static Iterator<LocatedRecord> located(Iterator<Parsed> part, boolean labelled) {
    return new Iterator<>() {
      private final Queue<LocatedRecord> ready = new ArrayDeque<>();

      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && part.hasNext()) {
          take(part.next());
        }
        return !ready.isEmpty();
      }

      @Override
      public LocatedRecord next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.remove();
      }

      private void take(Parsed parsed) {
        if (parsed instanceof Sample sample) {
          ready.add(LocatedRecord.of(sample, labelled));
        } else if (parsed instanceof SplitReport report) {
          report.bad.first().forEach(record -> ready.add(LocatedRecord.of(record)));
          long more = report.bad.total() - report.bad.first().size();
          if (more > 0) {
            String fault = "%,d more records that cannot be used".formatted(more);
            ready.add(new LocatedRecord("", 0, -1, new float[0], fault));
          }
        }
      }
    };
  }
}
