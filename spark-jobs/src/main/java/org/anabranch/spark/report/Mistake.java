package org.anabranch.spark.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import org.anabranch.train.Block;
import org.anabranch.train.Verdict;

/** A misclassified sample and the block that has its features. */
record Mistake(Block block, Verdict verdict) {
  /** The surest first: what a model is sure of and wrong about teaches most. */
  static final Comparator<Mistake> SUREST =
      Comparator.<Mistake>comparingDouble(one -> -one.verdict().certainty())
          .thenComparingLong(one -> one.verdict().id());

  /** Adds it to a list. */
  void write(ArrayNode rows, boolean features) {
    ObjectNode row = rows.addObject();
    row.put("id", name(verdict)).put("label", verdict.label()).put("found", verdict.found());
    row.put("certainty", verdict.certainty()).put("ofLabel", verdict.ofLabel());
    if (features) {
      ArrayNode values = row.putArray("features");
      for (int k = 0; k < block.width(); k++) {
        values.add(block.feature(verdict.row(), k));
      }
    }
  }

  /** A sample's id as messages write it. */
  static String name(Verdict verdict) {
    return "%016x".formatted(verdict.id());
  }
}
