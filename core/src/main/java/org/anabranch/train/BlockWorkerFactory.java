package org.anabranch.train;

import java.io.Serializable;
import org.anabranch.graph.ParameterLayout;

/** Makes workers wherever blocks are; it travels there. */
public interface BlockWorkerFactory extends Serializable {
  /**
   * Factories of one key make workers that give the same results: a process may keep and share
   * them.
   */
  String key();

  BlockWorker create();

  /** The parameters that its workers take. */
  ParameterLayout layout();

  /** The number of classes; 0 for what does not classify. */
  int classes();

  /** Whether workers round parameters to float32, so that no more need be sent. */
  boolean singlePrecision();
}
