package org.anabranch.spark.job;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.train.dl4j.Dl4jStem;
import org.jspecify.annotations.Nullable;

/**
 * The stems that this process has opened, by the hash of their files: reading one takes longer than
 * a round, and its workers share parameters and rows that are known.
 */
final class OpenStems {
  /** Whoever needs more reads them again. */
  private static final int MOST = 2;

  private static final Map<String, Dl4jStem> OPEN =
      new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Dl4jStem> eldest) {
          return size() > MOST;
        }
      };

  private OpenStems() {}

  static Dl4jStem open(Stem stem) throws IOException {
    synchronized (OPEN) {
      @Nullable Dl4jStem open = OPEN.get(stem.sha256());
      if (open == null) {
        open = Dl4jStem.open(stem.place(), stem.content());
        OPEN.put(stem.sha256(), open);
      }
      return open;
    }
  }
}
