package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the last test sample of each class must lie, and the last that is not for training.
 *
 * @param held counts test and validation samples together
 */
record SplitBands(SplitBand test, SplitBand held) implements Serializable {
  /** The bands of a source whose samples were counted. */
  static SplitBands of(PackingRules rules, SplitReport report) {
    SplitBand test = SplitBand.of(rules, report);
    List<Long> held = new ArrayList<>();
    for (int label = 0; label < test.samples().size(); label++) {
      long samples = test.samples().get(label);
      long validation = Math.round(rules.validationFraction() * samples);
      held.add(Math.min(samples, test.test().get(label) + validation));
    }
    return new SplitBands(test, new SplitBand(test.seed(), test.samples(), held, 1));
  }

  /** See {@link SplitBand#wider}. */
  SplitBands wider() {
    return new SplitBands(test.wider(), held.wider());
  }

  /** In ascending order. */
  List<SplitBand> both() {
    return List.of(test, held);
  }

  /** Training samples of each class. */
  List<Long> train() {
    List<Long> train = new ArrayList<>();
    for (int label = 0; label < held.samples().size(); label++) {
      train.add(held.samples().get(label) - held.test().get(label));
    }
    return train;
  }
}
