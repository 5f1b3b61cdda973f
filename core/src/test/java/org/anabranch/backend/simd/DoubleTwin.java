package org.anabranch.backend.simd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The float64 twin of a float32 source: the same text with other words. Both lie in the source
 * tree, so that each can be read, debugged and profiled; only one is written by hand. As a program
 * it writes the twins, and needs nothing compiled (a stale twin may keep the rest from compiling).
 */
enum DoubleTwin {
  PRODUCT_TILES("ProductTiles"),
  ROW_PRODUCT_TILES("RowProductTiles"),
  VECTOR_PRODUCTS("VectorProducts"),
  SCALAR_PRODUCTS("ScalarProducts"),
  LINE_SUMS("LineSums"),
  LINES("Lines"),
  LINE_LOOPS("LineLoops"),
  ELEMENT_LOOPS("ElementLoops"),
  SAMPLE_LOOPS("SampleLoops"),
  MATRIX_LOOPS("MatrixLoops"),
  VECTOR_MATRIX_LOOPS("VectorMatrixLoops"),
  LINEAR_SOLVE("LinearSolve"),
  MATRIX_INSTRUCTION("MatrixInstruction"),
  CHAINS("Chains"),
  SCALAR_CHAINS("ScalarChains"),
  VECTOR_CHAINS("VectorChains");

  /** Rewrites the twins, from the root of the repository; formatting them is left to the build. */
  static final String COMMAND =
      "java core/src/test/java/org/anabranch/backend/simd/DoubleTwin.java core && mvn -q spotless:apply";

  private final String source;

  DoubleTwin(String source) {
    this.source = source;
  }

  /** The argument is the folder of the module. */
  public static void main(String[] arguments) throws IOException {
    for (DoubleTwin twin : values()) {
      Path module = Path.of(arguments[0]);
      Files.writeString(twin.file(module), twin.generated(module));
    }
  }

  /** Whole words and what stands in their place. */
  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("float", "double");
    words.put("FloatVector", "DoubleVector");
    words.put("Float", "Double");
    words.put("FLOATS", "WIDE");
    words.put("floats", "doubles");
    words.put("ScalarElementwise", "ScalarWide");
    for (DoubleTwin twin : values()) {
      words.put(twin.source, "Double" + twin.source);
    }
    return words;
  }

  /** What the twin must be, but for white space. */
  String generated(Path module) throws IOException {
    String text = Files.readString(folder(module).resolve(source + ".java"));
    for (Map.Entry<String, String> word : words().entrySet()) {
      text = text.replaceAll("\\b" + word.getKey() + "\\b", word.getValue());
    }
    int javadoc = text.indexOf("\n/**");
    int end = text.indexOf("*/", javadoc) + 2;
    return "// Generated from %s.java by DoubleTwin, which the tests hold. Do not edit.\n"
            .formatted(source)
        + text.substring(0, javadoc)
        + "\n/** {@link %s} with {@code double} for {@code float}. */".formatted(source)
        + text.substring(end);
  }

  /** Where the twin is kept. */
  Path file(Path module) {
    return folder(module).resolve("Double" + source + ".java");
  }

  private static Path folder(Path module) {
    return module.resolve("src/main/java/org/anabranch/backend/simd");
  }
}
