package org.anabranch.spark.job;

import java.io.Console;

/** Whether somebody watches: a bar that redraws itself is for a terminal only. */
final class Terminal {
  private Terminal() {}

  /** Standard input and output both lead to a terminal, and no {@code CI} says otherwise. */
  static boolean isPresent() {
    @SuppressWarnings("SystemConsoleNull") // what differs from Java 22 on is asked below
    Console console = System.console();
    return console != null && System.getenv("CI") == null && isTerminal(console);
  }

  /** From Java 22 on there is a console without a terminal too, and a method that tells. */
  private static boolean isTerminal(Console console) {
    if (Runtime.version().feature() < 22) {
      return true;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Java 22 has Console.isTerminal", e);
    }
  }
}
