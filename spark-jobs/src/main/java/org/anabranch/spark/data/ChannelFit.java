package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.train.Block;
import org.anabranch.train.Standardisation;
import org.apache.spark.api.java.JavaRDD;

/**
 * Mean and deviation of every channel over training samples, of the values that are not missing.
 * Sums are exact, so that neither the order of blocks nor partitions have a part in them. Blocks
 * hold series as they were read; whoever trains on them scales.
 *
 * @param offset the number of values before the first that is looked at
 * @param times how many times are looked at from there on
 */
record ChannelFit(int offset, int times, int channels) implements Serializable {
  /** One job. */
  ChannelScales of(JavaRDD<Block> train) {
    Standardisation fitted =
        DataProblem.surfacing(
                () ->
                    train
                        .mapPartitions(blocks -> List.of(sums(blocks)).iterator())
                        .reduce(FeatureSums::plus))
            .standardisation();
    return new ChannelScales(fitted.means(), fitted.deviations());
  }

  /** The sums of some blocks. */
  FeatureSums sums(Iterator<Block> blocks) {
    FeatureSums sums = new FeatureSums(channels);
    float[] values = new float[channels];
    while (blocks.hasNext()) {
      Block block = blocks.next();
      for (int row = 0; row < block.rows(); row++) {
        for (int time = 0; time < times; time++) {
          for (int channel = 0; channel < channels; channel++) {
            values[channel] = block.feature(row, offset + time * channels + channel);
          }
          sums.add(values);
        }
      }
    }
    return sums;
  }
}
