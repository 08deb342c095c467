/* Made from schemas/survey-settings.schema.json by "npm run generate". Do not edit. */

/**
 * How one survey is sent and reported. What is absent has the default of its kind of survey.
 */
export interface SurveySettings {
  /**
   * Working days between the contact and the invitation.
   */
  delayWorkingDays?: number;
  /**
   * Working days of delay for the channels that differ, by channel key.
   */
  channelDelays?: {
    [k: string]: number;
  };
  /**
   * Days after the invitation at which who did not answer is reminded, once. 0: never.
   */
  reminderDays?: number;
  /**
   * Days after the planned send in which the invitation can be answered.
   */
  expiryDays?: number;
  /**
   * Days after an invitation in which the same address gets no other one, of any survey. 0: this survey neither counts nor is held back.
   */
  capDays?: number;
  /**
   * Contacts longer ago than this are not asked about.
   */
  maximumAgeDays?: number;
  /**
   * The share of contacts to invite. The first rule that fits a contact counts; without one, the default.
   */
  sampling?: {
    default: number;
    /**
     * @maxItems 500
     */
    rules?: {
      department?: string;
      channel?: string;
      rate: number;
    }[];
  };
  /**
   * Nothing is published about fewer responses than this. Default: 10 for residents, 5 for staff.
   */
  floor?: number;
  /**
   * How many answers of others, or of themselves, readers may know without being able to derive a hidden figure. Fewer show more where there are few answers.
   */
  knownAnswers?: number;
  /**
   * The share of satisfied respondents to reach.
   */
  target?: number;
  /**
   * Targets of products and departments that have one of their own. A row about both has the product's.
   */
  targets?: {
    products?: Targets;
    departments?: Targets;
  };
  /**
   * The grade from which a respondent counts as satisfied. Absent: as the survey's scale says.
   */
  satisfiedFrom?: number;
  /**
   * The tables to publish, each with its totals: per calendar year, or with `period` per month, quarter and year. Absent: department by channel, department by product, product by stage, and department by period.
   *
   * @maxItems 50
   */
  tables?: {
    /**
     * @minItems 1
     * @maxItems 2
     */
    by:
      | ['department' | 'channel' | 'product' | 'stage' | 'mode' | 'period']
      | [
          'department' | 'channel' | 'product' | 'stage' | 'mode' | 'period',
          'department' | 'channel' | 'product' | 'stage' | 'mode' | 'period'
        ];
  }[];
  /**
   * Where residents may ask to be called back about their contact. Absent: nowhere.
   */
  callbacks?: {
    /**
     * The departments that call residents back.
     *
     * @maxItems 500
     */
    departments: string[];
    /**
     * The service promise: the department calls within so many working days. Default: 2.
     */
    workingDays?: number;
    /**
     * A wish that comes with this overall grade or a lower one is urgent. Default: 3.
     */
    urgentUpTo?: number;
  };
  /**
   * From this instant on nobody is invited. Invitations planned while this is set expire then at the latest.
   */
  closesAt?: string;
}
export interface Targets {
  [k: string]: number;
}
