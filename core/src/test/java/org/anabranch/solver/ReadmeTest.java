package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java of pages: it compiles as it stands there, and gives the number that it states. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```$");

  /** The last line: an expression, and what it gives. */
  private static final Pattern STATED =
      Pattern.compile(
          "(?m)^(?<expression>[^\n]+); *// (?<value>-?\\d+\\.(?<decimals>\\d+))\\s*\\z");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"../README.md", "../docs/solvers.md"})
  void theSnippetGivesTheNumberThatItStates(String page) throws Exception {
    List<String> snippets =
        JAVA.matcher(Files.readString(Path.of(page)))
            .results()
            .map(result -> result.group(1))
            .toList();
    assertThat(snippets).hasSize(1);
    Matcher stated = stated(snippets.get(0));
    assertThat(given(snippets.get(0))).isEqualTo(stated.group("value"));
  }

  @Test
  void aSnippetThatGivesAnotherNumberIsNoticed() throws Exception {
    String snippet = "double half = 0.5;\nhalf * half;   // 0.26\n";
    assertThat(given(snippet)).isEqualTo("0.25").isNotEqualTo(stated(snippet).group("value"));
  }

  @Test
  void aSnippetOfNamesThatAreGoneDoesNotCompile() {
    assertThatThrownBy(() -> given("Solved solution = null;\nsolution.value(0, 0);   // 0.5\n"))
        .hasMessageContaining("class Solved");
  }

  private static Matcher stated(String snippet) {
    Matcher stated = STATED.matcher(snippet);
    assertThat(stated.find()).as("the last line states a number: %s", snippet).isTrue();
    return stated;
  }

  /** What the snippet's last expression gives, to as many decimals as are stated. */
  private String given(String snippet) throws Exception {
    Matcher line = stated(snippet);
    String source =
        """
        import java.util.*;
        import org.anabranch.backend.reference.ReferenceBackend;
        import org.anabranch.field.Field;
        import org.anabranch.gradient.*;
        import org.anabranch.graph.*;
        import org.anabranch.solver.*;
        public final class Snippet implements java.util.function.DoubleSupplier {
          public double getAsDouble() {
            %s
            return %s;
          }
        }
        """
            .formatted(snippet.substring(0, line.start()), line.group("expression"));
    return String.format(
        Locale.ROOT, "%." + line.group("decimals").length() + "f", compiled(source).getAsDouble());
  }

  private DoubleSupplier compiled(String source) throws Exception {
    Path file = Files.writeString(folder.resolve("Snippet.java"), source, StandardCharsets.UTF_8);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    List<String> options =
        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean compiles =
          compiler
              .getTask(complaints, files, null, options, null, files.getJavaFileObjects(file))
              .call();
      assertThat(compiles).as("%s%s", source, complaints).isTrue();
    }
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      return (DoubleSupplier) loader.loadClass("Snippet").getDeclaredConstructor().newInstance();
    }
  }
}
