package io.cleave.policies.profile;

/**
 * Power of a radio while it moves data: a base plus a slope in the rate, after Huang et al.
 * (MobiSys 2012) as used by Neurosurgeon and JointDNN.
 *
 * @param upWattsPerMbps slope while sending
 * @param downWattsPerMbps slope while receiving
 * @param baseWatts drawn while either happens
 */
public record Radio(double upWattsPerMbps, double downWattsPerMbps, double baseWatts) {
  /** Slopes [V: PureEdgeSim's nJ/bit are the same], base [M: JointDNN]. */
  public static final Radio WIFI = new Radio(0.28317, 0.13701, 0.13286);

  /** Slopes [V: PureEdgeSim's nJ/bit are the same], base [M: JointDNN]. */
  public static final Radio CELLULAR_4G = new Radio(0.43839, 0.05197, 1.28804);

  /** All three [M: JointDNN]. */
  public static final Radio CELLULAR_3G = new Radio(0.86898, 0.12212, 0.81788);

  public Radio {
    if (!(upWattsPerMbps >= 0 && downWattsPerMbps >= 0 && baseWatts >= 0)
        || Double.isInfinite(upWattsPerMbps + downWattsPerMbps + baseWatts)) {
      throw new IllegalArgumentException(
          "The power of a radio must be finite and not negative, not %s, %s and %s."
              .formatted(upWattsPerMbps, downWattsPerMbps, baseWatts));
    }
  }

  /** Joules of sending so many bits in so many seconds. */
  public double sendJoules(double bits, double seconds) {
    return upWattsPerMbps * bits / 1e6 + baseJoules(seconds);
  }

  /** Joules of receiving so many bits in so many seconds. */
  public double receiveJoules(double bits, double seconds) {
    return downWattsPerMbps * bits / 1e6 + baseJoules(seconds);
  }

  private double baseJoules(double seconds) {
    return baseWatts == 0 ? 0 : baseWatts * seconds; // 0 W for ever is 0 J, not NaN
  }
}
