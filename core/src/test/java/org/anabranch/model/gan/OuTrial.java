package org.anabranch.model.gan;

import java.util.*;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.model.paths.*;
import org.anabranch.train.*;

public final class OuTrial {
  public static void main(String[] args) throws Exception {
    Map<String, Double> o = new HashMap<>();
    for (String a : args) { String[] kv = a.split("="); o.put(kv[0], Double.parseDouble(kv[1])); }
    int steps = o.getOrDefault("steps", 1000.0).intValue();
    int batch = o.getOrDefault("batch", 1024.0).intValue();
    int cap = 64, length = 64, n = 8192;
    double lrG = o.getOrDefault("lrg", 2e-4) , lrD = o.getOrDefault("lrd", 1e-3);
    double mult = o.getOrDefault("ada", 1.0);
    long seed = o.getOrDefault("seed", 1.0).longValue();
    double ts = o.getOrDefault("ts", 1.0);
    int dsteps = o.getOrDefault("d", 1.0).intValue();
    double ini = o.getOrDefault("ini", 3.0), fs = o.getOrDefault("fs", 0.5);
    int width = o.getOrDefault("width", 16.0).intValue();
    int hid = o.getOrDefault("hid", 16.0).intValue();
    List<Block> blocks = OrnsteinUhlenbeck.blocks(7, n, cap, length);
    double m = 0, v = 0; 
    for (Block b : blocks) for (int r = 0; r < cap; r++) { m += b.feature(r, 0); v += b.feature(r,0)*b.feature(r,0);} m/=n; v=Math.sqrt(v/n-m*m);
    PathShape shape = PathShape.equal(length, 1, List.of("y"), List.of());
    SdeGan model = new SdeGan(shape, new ChannelScales(List.of(m), List.of(v)), ChannelScales.none(0),
      new GeneratorSettings(5, 3, hid, List.of(width), ini, fs), new DiscriminatorSettings(hid, List.of(width), dsteps, false, 0), 1, "reversible-heun", "automatic", ts);
    Optimiser base = o.containsKey("adam") ? Optimiser.adam(lrG, o.getOrDefault("b1",0.0), 0.9, 1e-8) : Optimiser.adadelta(lrG*mult, 0.9, 1e-6);
    Optimiser rule = model.rule(base.withWeightDecay(o.getOrDefault("wd", 0.01)), lrD/lrG);
    double[] p = model.initial(seed);
    Updates up = new Updates(new SimdBackend(), rule, p);
    LocalRounds rounds = new LocalRounds(model.workers("simd", cap, seed), blocks, blocks.subList(0,4), 2);
    BatchPlan plan = new BatchPlan(blocks.size(), batch/cap, seed);
    Scales scales = null; double[] g = new double[p.length];
    double[] avg = new double[p.length]; int cnt = 0;
    long t0 = System.nanoTime();
    PathSampler sampler = model.sampler(new SimdBackend(), 64);
    float[] real = new float[2048*length];
    for (int i = 0; i < 2048; i++) System.arraycopy(OrnsteinUhlenbeck.path(99, i, length),0,real,i*length,length);
    PathSet rs = new PathSet(shape, real, new float[0]);
    int every = o.getOrDefault("every", 250.0).intValue();
    for (int step = 0; step <= steps; step++) {
      if (step % every == 0) {
        report(step, sampler, p, rs, (System.nanoTime()-t0)*1e-9, "");
        if (cnt > 0) { double[] mean = avg.clone(); for (int i=0;i<mean.length;i++) mean[i]/=cnt; report(step, sampler, mean, rs, 0, " swa"); }
      }
      ExactSum sum = rounds.gradient(step, p, plan.batch(step), scales);
      while (sum.overflowed() || sum.tooCoarse()) { scales = sum.nextScales(); sum = rounds.gradient(step, p, plan.batch(step), scales); }
      scales = sum.nextScales();
      final ExactSum s = sum; s.gradient(g);
      double f = step < o.getOrDefault("warm",0.0) ? (step+1)/o.get("warm") : 1;
      up.apply(g, f, Crew.ALONE, step);
      up.parameters(p);
      if (step % every == 0) System.out.printf("   loss %.5f%n", sum.loss()/sum.weight());
      if (step >= steps/2) { for (int i=0;i<p.length;i++) avg[i]+=p[i]; cnt++; }
    }
    rounds.close();
    System.exit(0);
  }
  static void report(int step, PathSampler sampler, double[] p, PathSet rs, double sec, String tag) {
    int L = rs.shape().length();
    sampler.load(p); float[] fake = new float[2048*L];
    sampler.sample(12345, 0, 2048, new float[0], fake);
    PathSet fs = new PathSet(rs.shape(), fake, new float[0]);
    StringBuilder b = new StringBuilder();
    double worst = 0;
    for (int t : new int[]{0, 15, 31, 47, 63}) { double ks = ks(rs.marginal(t,0), fs.marginal(t,0)); worst=Math.max(worst,ks); b.append(String.format(" %.3f(%.2f±%.2f|%.2f±%.2f)", ks, mean(fs.marginal(t,0)), sd(fs.marginal(t,0)), mean(rs.marginal(t,0)), sd(rs.marginal(t,0)))); }
    System.out.printf("%5d %.0fs ks max %.3f:%s%s%n", step, sec, worst, b, tag);
  }
  static double mean(double[] a){double s=0;for(double x:a)s+=x;return s/a.length;}
  static double sd(double[] a){double m=mean(a),s=0;for(double x:a)s+=(x-m)*(x-m);return Math.sqrt(s/a.length);}
  static double ks(double[] a, double[] b) { a=a.clone();b=b.clone();Arrays.sort(a);Arrays.sort(b); int i=0,j=0;double d=0; while(i<a.length&&j<b.length){ if(a[i]<=b[j]) i++; else j++; d=Math.max(d,Math.abs((double)i/a.length-(double)j/b.length)); } return d; }
}
