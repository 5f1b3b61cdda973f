package org.anabranch.lint;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import com.sun.tools.javac.api.BasicJavacTask;
import com.sun.tools.javac.util.JCDiagnostic;
import com.sun.tools.javac.util.Log;

/**
 * Drops javac's warning "using incubating module(s)", and no other.
 *
 * <p>Before Java 24 that warning has no lint category (JDK-8187591), so that {@code -Werror}
 * refuses every source tree that uses {@code jdk.incubator.vector}. From Java 24 on the build says
 * {@code -Xlint:-incubating} and this plugin is not built.
 */
public final class IncubatorNotice implements Plugin {
  @Override
  public String getName() {
    return "IncubatorNotice";
  }

  @Override
  public void init(JavacTask task, String... arguments) {
    new Filter().install(Log.instance(((BasicJavacTask) task).getContext()));
  }

  /** Sits below the handlers that javac pushes later, so that deferred warnings pass it too. */
  private static final class Filter extends Log.DiagnosticHandler {
    @Override
    protected void install(Log log) {
      super.install(log);
    }

    @Override
    public void report(JCDiagnostic diagnostic) {
      if (!diagnostic.getCode().equals("compiler.warn.incubating.modules")) {
        prev.report(diagnostic);
      }
    }
  }
}
