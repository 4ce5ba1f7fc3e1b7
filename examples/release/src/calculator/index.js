// BonusCalculator: a share of the salary, in percent.
const rate = Number(process.env.RATE);

exports.handler = async ({ salary }, context) => {
  if (typeof salary !== "number") throw new Error("salary is missing");
  return { bonus: (salary * rate) / 100, version: context.functionVersion };
};
