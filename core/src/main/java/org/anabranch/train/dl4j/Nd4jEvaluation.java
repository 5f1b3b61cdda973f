package org.anabranch.train.dl4j;

import java.util.List;
import org.nd4j.evaluation.classification.Evaluation;

/** DL4J's measures of a classifier, of our counts. */
public final class Nd4jEvaluation {
  private Nd4jEvaluation() {}

  /** Precision, recall, F1 and the rest, of the confusion counts; costs a step for each sample. */
  public static Evaluation of(org.anabranch.train.Evaluation ours) {
    List<List<Long>> confusion = ours.confusion();
    Evaluation theirs = new Evaluation(confusion.size());
    for (int truth = 0; truth < confusion.size(); truth++) {
      for (int said = 0; said < confusion.size(); said++) {
        for (long n = confusion.get(truth).get(said); n > 0; n--) {
          theirs.eval(said, truth);
        }
      }
    }
    return theirs;
  }
}
