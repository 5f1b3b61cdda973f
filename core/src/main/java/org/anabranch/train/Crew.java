package org.anabranch.train;

import java.util.function.IntConsumer;

/** Threads that share a piece of work among them. */
public interface Crew {
  /** The thread that calls, and no other. */
  Crew ALONE =
      new Crew() {
        @Override
        public int size() {
          return 1;
        }

        @Override
        public void run(IntConsumer work) {
          work.accept(0);
        }
      };

  /** At least 1. */
  int size();

  /**
   * Calls the work once with each number below {@link #size}, at the same time where it can, and
   * comes back when all is done. What calls have written is seen by whoever called.
   */
  void run(IntConsumer work);
}
