// Before every file of tests of this project: their logs are in EventStoreDB.
process.env.ITER_TEST_LOG = 'eventstoredb';
