package org.anabranch.gradient;

import org.anabranch.backend.Buffer;

/** What pulls a solution's cotangents back, and the buffers in which they come and go. */
sealed interface WayBack permits ReversePass, AdjointPass {
  /** Two buffers of the solution's cotangent; the caller's cotangent goes to the first. */
  Buffer[] solutionCotangents();

  /** The cotangent of the initial value, afterwards. */
  Buffer initialCotangent();

  /** The cotangent of a context input, afterwards, if demanded. */
  Buffer contextCotangent(String name);

  long bytes();
}
