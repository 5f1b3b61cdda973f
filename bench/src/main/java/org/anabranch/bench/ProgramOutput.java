package org.anabranch.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where programs of this module print: standard output, always UTF-8. */
final class ProgramOutput {
  private ProgramOutput() {}

  static void print(String text) {
    new PrintStream(System.out, true, StandardCharsets.UTF_8).print(text);
  }
}
