package org.anabranch.train.dl4j;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads ND4J takes for one operation, in this whole process. */
final class Nd4jThreads {
  private Nd4jThreads() {}

  /**
   * One: tasks are threads already. OpenBLAS has one number for the process; that of OpenMP belongs
   * to each thread of the caller, and is set where a thread computes.
   */
  static void limitToOne() {
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    Nd4j.factory().blas().setMaxThreads(1);
    limitThisThread();
  }

  static void limitThisThread() {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }
}
