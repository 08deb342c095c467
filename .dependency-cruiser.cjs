/** Imports go down only: server -> jobs -> surveys -> schemas. */
const floor = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    floor('schemas-is-ground', '^schemas/', '^(surveys|jobs|server)/'),
    floor('surveys-knows-schemas-only', '^surveys/', '^(jobs|server)/'),
    floor('jobs-below-server', '^jobs/', '^server/'),
    floor('product-knows-no-tests', '^(schemas|surveys|jobs|server)/', '^(test|bench)/'),
    {
      name: 'embedded-store-knows-no-surveys',
      severity: 'error',
      from: { path: '^server/embedded-mongo/' },
      to: { path: '^(schemas|surveys|jobs|server/(?!embedded-mongo/))' },
    },
    {
      name: 'rules-know-no-http-or-mail',
      severity: 'error',
      from: { path: '^surveys/' },
      to: { path: 'node_modules/(express|nodemailer|preact)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      from: { path: '^(surveys|jobs|server)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '@types/' },
    },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
